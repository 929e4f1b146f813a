import { expect, test } from "vitest";
import { buildTlsHouse } from "../support/tls-house.ts";
import {
  aesAttributes,
  attribute,
  bytes,
  date,
  enumerated,
  find,
  int,
  item,
  message,
  nameAttribute,
  payloadOf,
  struct,
  text,
  textAttribute,
} from "../support/wire.ts";

// libkmip (Percona's keyring, pg_tde, Ceph): Maximum Response Size 8192 and a Time Stamp in the header, most calls at
// 1.0, Register and look-ups by name at 1.4; Locate pages by Maximum Items, Offset Items and Storage Status Mask.

const header = [int("MaximumResponseSize", 8192)];
const stamp = date("TimeStamp", 1_767_225_600n);
const uid = (id: string) => text("UniqueIdentifier", id);
const offsetItems = 0x4200d4;

/** A libkmip client: asks one item at a version. */
async function libkmip() {
  const { connect } = await buildTlsHouse();
  const wire = await connect("percona");
  return async (minor: number, ...args: Parameters<typeof item>) =>
    await wire.ask(message(minor, [item(...args)], [...header, stamp]));
}

test.each([0, 4])(
  "libkmip at 1.%i creates, finds by name, fetches, activates, revokes and destroys",
  async (minor) => {
    const ask = await libkmip();
    const template = struct("TemplateAttribute", ...aesAttributes(), nameAttribute("keyring"));
    const created = await ask(minor, "Create", [enumerated("ObjectType", 2), template]);
    expect(created.responseHeader.protocolVersion.protocolVersionMinor).toBe(minor);
    const id = find(payloadOf(created), "UniqueIdentifier") as string;
    const located = await ask(minor, "Locate", [
      int("MaximumItems", 16),
      int("StorageStatusMask", 1),
      nameAttribute("keyring"),
    ]);
    expect(payloadOf(located)).toEqual([uid(id)]);
    expect(find(payloadOf(await ask(minor, "Get", [uid(id)])), "KeyMaterial")).toHaveLength(32);
    const reason = struct("RevocationReason", enumerated("RevocationReasonCode", 6));
    for (const [operation, payload] of [
      ["Activate", []],
      ["Revoke", [reason]],
      ["Destroy", []],
    ] as const) {
      const answer = await ask(minor, operation, [uid(id), ...payload]);
      expect(answer.batchItem[0]).toMatchObject({ resultStatus: "Success" });
    }
  },
);

test.each([0, 4])(
  "libkmip at 1.%i pages through its keys without a repetition or a gap",
  async (minor) => {
    const ask = await libkmip();
    const made: string[] = [];
    for (let key = 0; key < 35; key += 1) {
      const template = struct(
        "TemplateAttribute",
        ...aesAttributes(),
        textAttribute("Object Group", "cluster"),
      );
      made.push(
        find(
          payloadOf(await ask(minor, "Create", [enumerated("ObjectType", 2), template])),
          "UniqueIdentifier",
        ) as string,
      );
    }
    const seen: unknown[] = [];
    for (let page = 0; page < 4; page += 1) {
      const range = [
        int("MaximumItems", 16),
        int(offsetItems, seen.length),
        int("StorageStatusMask", 1),
      ];
      seen.push(
        ...payloadOf(
          await ask(minor, "Locate", [...range, textAttribute("Object Group", "cluster")]),
        ).map(({ value }) => value),
      );
    }
    expect([...seen].sort()).toEqual([...made].sort());
  },
);

test("an answer larger than libkmip's 8192 bytes is refused, and the refusal fits", async () => {
  const ask = await libkmip();
  const big = attribute("x-big", bytes("AttributeValue", new Uint8Array(8100)));
  const created = await ask(0, "Create", [
    enumerated("ObjectType", 2),
    struct("TemplateAttribute", ...aesAttributes(), big),
  ]);
  const id = find(payloadOf(created), "UniqueIdentifier") as string;
  const answer = await ask(0, "GetAttributes", [uid(id)]);
  expect(answer.batchItem).toMatchObject([
    { operation: "GetAttributes", resultReason: "ResponseTooLarge" },
  ]);
});

test("Percona registers a key at 1.4, in a group of its own", async () => {
  const ask = await libkmip();
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
    nameAttribute("psmysql"),
    textAttribute("Object Group", "psmysql"),
  );
  const registered = await ask(4, "Register", [
    enumerated("ObjectType", 2),
    template,
    struct("SymmetricKey", block),
  ]);
  expect(registered.batchItem[0]).toMatchObject({ resultStatus: "Success" });
  expect(payloadOf(registered)).toHaveLength(1);
});

test("Ceph finds a key by its name at 1.0 and reads it raw", async () => {
  const ask = await libkmip();
  const template = struct("TemplateAttribute", ...aesAttributes(), nameAttribute("bucket"));
  await ask(0, "Create", [enumerated("ObjectType", 2), template]);
  const located = await ask(0, "Locate", [nameAttribute("bucket")]);
  const got = await ask(0, "Get", [
    uid(find(payloadOf(located), "UniqueIdentifier") as string),
    enumerated("KeyFormatType", 1),
  ]);
  expect(got.batchItem).toMatchObject([{ operation: "Get", resultStatus: "Success" }]);
  expect(find(payloadOf(got), "KeyFormatType")).toBe(1);
});
