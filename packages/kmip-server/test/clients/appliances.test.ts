import { expect, test } from "vitest";
import { buildTlsHouse } from "../support/tls-house.ts";
import {
  aesAttributes,
  bytes,
  enumerated,
  find,
  flag,
  int,
  item,
  message,
  nameAttribute,
  payloadOf,
  struct,
  text,
  textAttribute,
} from "../support/wire.ts";

const uid = (id: string) => text("UniqueIdentifier", id);

/** A client of one version: asks one item. */
async function appliance(minor: number) {
  const { connect } = await buildTlsHouse();
  const wire = await connect("appliance");
  const ask = async (...args: Parameters<typeof item>) =>
    await wire.ask(message(minor, [item(...args)]));
  const create = async (...attributes: Parameters<typeof struct>[1][]) => {
    const template = struct("TemplateAttribute", ...aesAttributes(), ...attributes);
    return find(
      payloadOf(await ask("Create", [enumerated("ObjectType", 2), template])),
      "UniqueIdentifier",
    ) as string;
  };
  return { wire, ask, create };
}

test.each([0, 1, 2, 4])(
  "FortiGate at 1.%i finds one key by a Name inside a Template-Attribute",
  async (minor) => {
    const { ask, create } = await appliance(minor);
    const ids = new Map<string, string>();
    for (const name of ["vpn-1", "vpn-2", "vpn-3"])
      ids.set(name, await create(nameAttribute(name)));
    for (const [name, id] of ids) {
      const located = await ask("Locate", [
        int("MaximumItems", 1),
        struct("TemplateAttribute", nameAttribute(name)),
      ]);
      expect(payloadOf(located)).toEqual([uid(id)]);
    }
    expect(
      payloadOf(
        await ask("Locate", [
          int("MaximumItems", 1),
          struct("TemplateAttribute", nameAttribute("vpn")),
        ]),
      ),
    ).toEqual([]);
  },
);

test("NetApp's sixteen custom attributes are kept, answered and searched", async () => {
  const { ask, create } = await appliance(0);
  const marks = Array.from({ length: 16 }, (_, at) =>
    textAttribute(`x-NETAPP-Field${at}`, `cluster-${at}`),
  );
  const id = await create(...marks);
  const answer = payloadOf(
    await ask("GetAttributes", [uid(id), text("AttributeName", "x-NETAPP-Field15")]),
  );
  expect(find(answer, "AttributeValue")).toBe("cluster-15");
  expect(payloadOf(await ask("Locate", [textAttribute("x-NETAPP-Field0", "cluster-0")]))).toEqual([
    uid(id),
  ]);
});

test("VAST creates, names and groups a key at 1.4, polls it, and re-keys it: the Name moves, the old key stays Active", async () => {
  const { ask, create } = await appliance(4);
  const id = await create();
  for (const added of [
    nameAttribute("vast"),
    textAttribute("Object Group", "vast"),
    textAttribute("Operation Policy Name", "default"),
  ]) {
    expect((await ask("AddAttribute", [uid(id), added])).batchItem[0]).toMatchObject({
      resultStatus: "Success",
    });
  }
  await ask("Activate", [uid(id)]);
  const stateOf = async (of: string) =>
    find(
      payloadOf(await ask("GetAttributes", [uid(of), text("AttributeName", "State")])),
      "AttributeValue",
    );
  expect(payloadOf(await ask("Locate", [nameAttribute("vast")]))).toEqual([uid(id)]);
  const replacement = find(payloadOf(await ask("ReKey", [uid(id)])), "UniqueIdentifier") as string;
  expect(replacement).not.toBe(id);
  expect([await stateOf(id), await stateOf(replacement)]).toEqual([2, 2]);
  expect(payloadOf(await ask("Locate", [nameAttribute("vast")]))).toEqual([uid(replacement)]);
});

test("Synology at 1.2 renames its key right after it registered it", async () => {
  const { ask } = await appliance(2);
  const block = struct(
    "KeyBlock",
    enumerated("KeyFormatType", 1),
    struct("KeyValue", bytes("KeyMaterial", new Uint8Array(32))),
    enumerated("CryptographicAlgorithm", 3),
    int("CryptographicLength", 256),
  );
  const template = struct(
    "TemplateAttribute",
    ...aesAttributes(),
    nameAttribute("temporary"),
    textAttribute("Operation Policy Name", "default"),
  );
  const registered = await ask("Register", [
    enumerated("ObjectType", 2),
    template,
    struct("SymmetricKey", block),
  ]);
  const id = find(payloadOf(registered), "UniqueIdentifier") as string;
  const renamed = await ask("ModifyAttribute", [uid(id), nameAttribute("volume1")]);
  expect(find(payloadOf(renamed), "NameValue")).toBe("volume1");
  expect(payloadOf(await ask("Locate", [nameAttribute("volume1")]))).toEqual([uid(id)]);
  expect(payloadOf(await ask("Locate", [nameAttribute("temporary")]))).toEqual([]);
});

test("Synology's Query with six functions at 1.2 is answered with what there is", async () => {
  const { ask } = await appliance(2);
  const payload = payloadOf(
    await ask(
      "Query",
      [1, 2, 3, 4, 5, 6].map((code) => enumerated("QueryFunction", code)),
    ),
  );
  expect(find(payload, "VendorIdentification")).toBe("akm");
  expect(find(payload, "ApplicationNamespace")).toBeUndefined();
  expect(find(payload, "ExtensionName")).toBeDefined();
});

test.each([2, 1, undefined])(
  "a storage array's batch of four finds a key, fetches it in format %s, and reads its attributes",
  async (format) => {
    const { wire, create } = await appliance(0);
    const marks = [textAttribute("x-ResourceID", "volume"), textAttribute("x-SystemID", "array")];
    const id = await create(...marks);
    const wanted = format === undefined ? [] : [enumerated("KeyFormatType", format)];
    const items = [
      item(
        "Query",
        [enumerated("QueryFunction", 1), enumerated("QueryFunction", 2)],
        Uint8Array.of(1),
      ),
      item("Locate", marks, Uint8Array.of(2)),
      item("Get", wanted, Uint8Array.of(3)),
      item("GetAttributes", [], Uint8Array.of(4)),
    ];
    const options = [enumerated("BatchErrorContinuationOption", 2), flag("BatchOrderOption", true)];
    const answer = await wire.ask(message(0, items, options));
    expect(answer.batchItem.map(({ resultStatus }) => resultStatus)).toEqual([
      "Success",
      "Success",
      "Success",
      "Success",
    ]);
    expect(find(payloadOf(answer, 1), "UniqueIdentifier")).toBe(id);
    expect(find(payloadOf(answer, 2), "KeyFormatType")).toBe(format ?? 1);
    expect(find(payloadOf(answer, 2), "KeyMaterial")).toHaveLength(32);
    expect(find(payloadOf(answer, 3), "UniqueIdentifier")).toBe(id);
  },
);
