import {
  fromStructures,
  operations,
  type RequestOf,
  requestMessage,
  responseMessage,
  tags,
  toStructures,
  v1_1,
} from "@akm/kmip-model";
import { decode, decodeRaw, encode, encodeRaw } from "@akm/ttlv";
import { describe, expect, test } from "vitest";
import { type Asker, buildHouse, type House, templateAttribute } from "./support/house.ts";
import { locate, registerTemplate } from "./support/search.ts";

type LocateRequest = RequestOf<typeof operations.Locate>;

/** Keys that are made one second after another. */
async function createKeys({ clock }: House, asker: Asker, count: number): Promise<string[]> {
  const made: string[] = [];
  for (let at = 0; at < count; at += 1) {
    made.push(await asker.create());
    clock.advance(1);
  }
  return made;
}

describe("Order and number", () => {
  test("without a filter every object is found, the newest first", async () => {
    const house = buildHouse();
    const alice = house.as("alice");
    const made = await createKeys(house, alice, 3);
    expect(await locate(alice, {})).toEqual(made.toReversed());
  });

  test("objects of the same second are found in the order of their identifiers' bytes", async () => {
    const alice = buildHouse().as("alice");
    const made = [await alice.create(), await alice.create(), await alice.create()];
    const sorted = made.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(await locate(alice, {})).toEqual(sorted);
  });

  test("a change of an older object does not move it", async () => {
    const house = buildHouse();
    const alice = house.as("alice");
    const made = await createKeys(house, alice, 2);
    await alice.call("Activate", { uniqueIdentifier: made[0] as string });
    expect(await locate(alice, {})).toEqual(made.toReversed());
  });

  test("Maximum Items and Offset Items cut pages that neither skip nor repeat", async () => {
    const house = buildHouse();
    const alice = house.as("alice", {
      version: { protocolVersionMajor: 1, protocolVersionMinor: 0 },
    });
    const all = (await createKeys(house, alice, 5)).toReversed();
    const page = (offsetItems: number) => locate(alice, { maximumItems: 2, offsetItems });
    expect(await page(0)).toEqual(all.slice(0, 2));
    expect(await page(2)).toEqual(all.slice(2, 4));
    expect(await page(4)).toEqual(all.slice(4));
    expect(await page(6)).toEqual([]);
    expect(await locate(alice, { offsetItems: 3 })).toEqual(all.slice(3));
  });

  test.each([
    { maximumItems: 0 },
    { maximumItems: -1 },
    { offsetItems: -1 },
    { objectGroupMember: "GroupMemberFresh" as const },
    { templateAttribute: templateAttribute({}, ["a template"]) },
  ])("%o is Invalid Field", async (request) => {
    const alice = buildHouse().as("alice");
    await expect(locate(alice, request)).rejects.toMatchObject({ reason: "InvalidField" });
  });

  test("more hits than an answer can name are Response Too Large, never fewer hits", async () => {
    const alice = buildHouse().as("alice");
    for (let made = 0; made < 12; made += 1) await alice.create();
    const requestPayload = encodeRaw(tags.RequestPayload, operations.Locate.request, {
      attribute: [],
    });
    const { bytes } = await alice.send(
      encode(tags.RequestMessage, requestMessage, {
        requestHeader: {
          protocolVersion: { protocolVersionMajor: 1, protocolVersionMinor: 1 },
          maximumResponseSize: 400,
          batchCount: 1,
        },
        batchItem: [{ operation: "Locate", requestPayload }],
      }),
    );
    const [item] = decode(tags.ResponseMessage, responseMessage, bytes).batchItem;
    expect(item).toMatchObject({ resultReason: "ResponseTooLarge" });
  });
});

describe("Storage Status Mask", () => {
  test.each([
    [["OnLineStorage"], 1],
    [["OnLineStorage", "ArchivalStorage"], 1],
    [["ArchivalStorage"], 0],
    [[], 0],
  ] as const)("%o finds %i of one object", async (storageStatusMask, count) => {
    const alice = buildHouse().as("alice");
    await alice.create();
    expect(await locate(alice, { storageStatusMask })).toHaveLength(count);
  });
});

describe("Access", () => {
  test("a Locate finds what its asker may see, and no template of another", async () => {
    const { as } = buildHouse();
    const alice = as("alice", { groups: ["staff"] });
    const own = await alice.create();
    const open = await alice.create({ accessCheck: "Anyone" });
    const group = await alice.create({ accessCheck: "ListedGroups" });
    await registerTemplate(alice, { name: [{ nameValue: "t", nameType: "URI" }] });
    const seen = async (asker: Asker) => new Set(await locate(asker, {}));
    expect(await seen(as("bob"))).toEqual(new Set([open]));
    expect(await seen(as("bob", { groups: ["staff"] }))).toEqual(new Set([open, group]));
    const all = await seen(as("root", { administrator: true }));
    expect(all).toHaveLength(4);
    for (const key of [own, open, group]) expect(all).toContain(key);
  });
});

describe("The ID Placeholder", () => {
  async function thenGetAttributes(asker: Asker, request: Partial<LocateRequest>) {
    const payloads = [
      encodeRaw(tags.RequestPayload, operations.Create.request, {
        objectType: "SymmetricKey",
        templateAttribute: templateAttribute({
          cryptographicAlgorithm: "AES",
          cryptographicUsageMask: ["Encrypt"],
        }),
      }),
      encodeRaw(tags.RequestPayload, operations.Locate.request, { attribute: [], ...request }),
      encodeRaw(tags.RequestPayload, operations.GetAttributes.request, { attributeName: [] }),
    ] as const;
    const names = ["Create", "Locate", "GetAttributes"] as const;
    const { bytes } = await asker.send(
      encode(tags.RequestMessage, requestMessage, {
        requestHeader: {
          protocolVersion: { protocolVersionMajor: 1, protocolVersionMinor: 1 },
          batchCount: 3,
        },
        batchItem: names.map((operation, at) => ({
          operation,
          uniqueBatchItemId: Uint8Array.of(at),
          requestPayload: payloads[at] as never,
        })),
      }),
    );
    const last = decode(tags.ResponseMessage, responseMessage, bytes).batchItem[2];
    if (last?.responsePayload === undefined) return last?.resultReason;
    const { attribute } = decodeRaw(last.responsePayload, operations.GetAttributes.response);
    return fromStructures(attribute, v1_1).uniqueIdentifier;
  }

  test("takes the one hit, and only one", async () => {
    const alice = buildHouse().as("alice");
    const key = await alice.create({ objectGroup: ["g"] });
    const attribute = toStructures({ objectGroup: ["g"] }, v1_1);
    expect(await thenGetAttributes(alice, { attribute })).toBe(key);
    expect(await thenGetAttributes(alice, { attribute: [] })).toBe("ItemNotFound");
    expect(await thenGetAttributes(alice, { maximumItems: 2 })).toBe("ItemNotFound");
    expect(await thenGetAttributes(alice, { maximumItems: 1 })).toHaveLength(24);
  });

  test("is empty after a Locate without a hit", async () => {
    const alice = buildHouse().as("alice");
    const attribute = toStructures({ objectGroup: ["nobody's"] }, v1_1);
    expect(await thenGetAttributes(alice, { attribute })).toBe("ItemNotFound");
  });
});
