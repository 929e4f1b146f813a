import { type Attributes, attributes, v1_1, writeAttribute } from "@akm/kmip-model";
import { describe, expect, test } from "vitest";
import { type Asker, buildHouse, templateAttribute } from "./support/house.ts";
import { reKey, revoke, withAttributes } from "./support/re-keying.ts";
import { find, registerTemplate } from "./support/search.ts";

const name = (nameValue: string) => ({ nameValue, nameType: "URI" as const });
const day = 86_400n;

async function countAttributes(asker: Asker, uniqueIdentifier: string): Promise<number> {
  const request = { uniqueIdentifier, attributeName: [] };
  return (await asker.call("GetAttributes", request)).attribute.length;
}

describe("Dates", () => {
  const start = { processStartDate: 1000n, protectStopDate: 2000n, deactivationDate: 5000n };

  test.each([0, 3600, 0xffff_ffff])(
    "an Offset of %i moves all dates that there are",
    async (offset) => {
      const { clock, as } = buildHouse();
      const alice = as("alice");
      const base = clock.seconds + 10n * day;
      const moved = (at: bigint) => ({
        activationDate: at,
        processStartDate: at + start.processStartDate,
        protectStopDate: at + start.protectStopDate,
        deactivationDate: at + start.deactivationDate,
      });
      const old = await alice.create(moved(base));
      clock.advance(60);
      const replacement = await reKey(alice, old, { offset });
      const at = clock.seconds + BigInt(offset);
      expect(await alice.attributes(replacement)).toMatchObject({
        initialDate: clock.seconds,
        ...moved(at),
        state: offset === 0 ? "Active" : "PreActive",
      });
      expect(await alice.attributes(old)).toMatchObject({
        ...moved(base),
        lastChangeDate: clock.seconds,
      });
    },
  );

  test("without an Offset they are copied, so that an expired key gives an expired one", async () => {
    const { clock, as } = buildHouse();
    const alice = as("alice");
    const dates = { activationDate: clock.seconds - 100n, deactivationDate: clock.seconds - 50n };
    const old = await alice.create(dates);
    const replacement = await reKey(alice, old);
    expect(await alice.attributes(replacement)).toMatchObject({ ...dates, state: "Deactivated" });
  });

  test("dates that Activate and Revoke stamped do not stand in the way", async () => {
    const { clock, as } = buildHouse();
    const alice = as("alice");
    const old = await alice.create({
      processStartDate: clock.seconds - day,
      protectStopDate: clock.seconds + day,
    });
    await alice.call("Activate", { uniqueIdentifier: old });
    await revoke(alice, old);
    const replacement = await reKey(alice, old, { offset: 5 });
    expect(await alice.attributes(replacement, "State")).toEqual({ state: "PreActive" });
  });

  test.each([
    ["IllegalOperation", {}, { offset: 0 }],
    ["InvalidMessage", {}, { offset: 0, ...withAttributes({ deactivationDate: 2n ** 40n }) }],
    ["InvalidField", { activationDate: 5n }, withAttributes({ deactivationDate: 4n })],
    ["InvalidField", { activationDate: 0n, deactivationDate: 2n ** 63n - 1n }, { offset: 0 }],
  ] as const)("%s: %o with %o", async (reason, set, request) => {
    const alice = buildHouse().as("alice");
    const old = await alice.create(set);
    const before = await alice.attributes(old);
    await expect(reKey(alice, old, request)).rejects.toMatchObject({ reason });
    expect(await alice.attributes(old)).toEqual(before);
    expect(await find(alice, {})).toEqual([old]);
  });
});

describe("What the request gives", () => {
  test("replaces all that would be inherited of it, whether it stands there or in a template", async () => {
    const alice = buildHouse().as("alice");
    await registerTemplate(alice, { name: [name("t")], contactInformation: "ann" });
    const old = await alice.create({
      objectGroup: ["a", "b"],
      contactInformation: "joe",
      metadata: { field1: "one" },
    });
    const set: Attributes = { objectGroup: ["c"], metadata: { field2: "two" } };
    const replacement = await reKey(alice, old, {
      templateAttribute: templateAttribute(set, ["t"]),
    });
    const { objectGroup, metadata, contactInformation } = await alice.attributes(replacement);
    expect({ objectGroup, metadata }).toEqual(set);
    expect(contactInformation).toBe("ann");
    expect(await alice.attributes(old)).toMatchObject({ objectGroup: ["a", "b"] });
  });

  test("names come after those that move, under the index that they get", async () => {
    const alice = buildHouse().as("alice");
    const old = await alice.create({ name: [name("a"), name("b")] });
    const given = (index: number) =>
      ({
        templateAttribute: {
          name: [],
          attribute: [writeAttribute(attributes.name, { index, value: name("c") }, v1_1)],
        },
      }) as const;
    await expect(reKey(alice, old, given(1))).rejects.toMatchObject({ reason: "InvalidField" });
    const replacement = await reKey(alice, old, given(2));
    expect(await alice.attributes(replacement, "Name", "y-Key Name")).toEqual({
      name: [name("a"), name("b"), name("c")],
      keyName: "a",
    });
    await expect(alice.create({ name: [name("c")] })).rejects.toMatchObject({
      reason: "InvalidField",
    });
  });

  test.each<[string, Attributes]>([
    ["another algorithm", { cryptographicAlgorithm: "Camellia" }],
    ["another length", { cryptographicLength: 128 }],
    ["a name of its own", { name: [name("own")] }],
    ["a name of another key", { name: [name("other")] }],
    ["an interval that may not be", { autoReKeyIntervalInDays: 3, reKeyPermitted: false }],
    ["an attribute that only the server sets", { keyName: "k" }],
  ])("%s is Invalid Field, and nothing is changed", async (_, set) => {
    const alice = buildHouse().as("alice");
    await alice.create({ name: [name("other")] });
    const old = await alice.create({ name: [name("own")] });
    const before = await alice.attributes(old);
    const request = withAttributes({ objectGroup: ["g"], ...set });
    await expect(reKey(alice, old, request)).rejects.toMatchObject({ reason: "InvalidField" });
    expect(await alice.attributes(old)).toEqual(before);
    expect(await find(alice, { objectGroup: ["g"] })).toEqual([]);
    await reKey(alice, old, withAttributes({ cryptographicAlgorithm: "AES" }));
  });

  test("the automatic name of another key is Invalid Field", async () => {
    const alice = buildHouse().as("alice");
    const other = await alice.create({ name: [name("other")] });
    const hex = Buffer.from(other, "base64").subarray(0, 16).toString("hex");
    const request = withAttributes({ name: [name(`KEY-${hex}`)] });
    await expect(reKey(alice, await alice.create(), request)).rejects.toMatchObject({
      reason: "InvalidField",
    });
  });

  test("more attributes than an object may have are Index Out Of Bounds; a full key rolls still", async () => {
    const alice = buildHouse().as("alice");
    const groups = (count: number) => Array.from({ length: count }, (_, at) => `g${at}`);
    const old = await alice.create();
    const room = 256 - (await countAttributes(alice, old));
    await expect(
      reKey(alice, old, withAttributes({ objectGroup: groups(room + 1) })),
    ).rejects.toMatchObject({ reason: "IndexOutOfBounds" });
    await reKey(alice, await alice.create({ objectGroup: groups(room) }));
  });

  test.each([
    [
      "ApplicationNamespaceNotSupported",
      withAttributes({ applicationSpecificInformation: [{ applicationNamespace: "n" }] }),
    ],
    ["ItemNotFound", { templateAttribute: templateAttribute({}, ["no template"]) }],
  ] as const)("%s is the reason for what the server does not have", async (reason, request) => {
    const alice = buildHouse().as("alice");
    await expect(reKey(alice, await alice.create(), request)).rejects.toMatchObject({ reason });
  });

  test("an access check is the owner's to change", async () => {
    const { as } = buildHouse();
    const [alice, bob] = [as("alice"), as("bob")];
    const old = await alice.create({ accessCheck: "Anyone" });
    const closed = withAttributes({ accessCheck: "ListedUsers" });
    await expect(reKey(bob, old, closed)).rejects.toMatchObject({ reason: "PermissionDenied" });
    const replacement = await reKey(alice, old, closed);
    await expect(bob.attributes(replacement)).rejects.toMatchObject({ reason: "PermissionDenied" });
  });
});
