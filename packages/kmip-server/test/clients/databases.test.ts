import { expect, test } from "vitest";
import { buildTlsHouse } from "../support/tls-house.ts";
import {
  aesAttributes,
  attribute,
  bytes,
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

const uid = (id: string) => text("UniqueIdentifier", id);
const reasonOf = ({
  batchItem: [first],
}: Awaited<
  ReturnType<Awaited<ReturnType<Awaited<ReturnType<typeof buildTlsHouse>>["connect"]>>["ask"]>
>) => first?.resultReason ?? "Success";

const rawKey = (material: Uint8Array) =>
  struct(
    "SymmetricKey",
    struct(
      "KeyBlock",
      enumerated("KeyFormatType", 1),
      struct("KeyValue", bytes("KeyMaterial", material)),
      enumerated("CryptographicAlgorithm", 3),
      int("CryptographicLength", 256),
    ),
  );

test("Percona Server for MongoDB registers a raw key at 1.0, activates it, polls its State, and is told when it is gone", async () => {
  const { connect } = await buildTlsHouse();
  const wire = await connect("psmdb");
  const ask = async (...args: Parameters<typeof item>) =>
    await wire.ask(message(0, [item(...args)]));
  const material = new Uint8Array(32).fill(7);
  const registered = await ask("Register", [
    enumerated("ObjectType", 2),
    struct("TemplateAttribute", ...aesAttributes()),
    rawKey(material),
  ]);
  const id = find(payloadOf(registered), "UniqueIdentifier") as string;
  expect(reasonOf(await ask("Activate", [uid(id)]))).toBe("Success");
  const state = async () =>
    find(
      payloadOf(await ask("GetAttributes", [uid(id), text("AttributeName", "State")])),
      "AttributeValue",
    );
  expect(await state()).toBe(2);
  expect(find(payloadOf(await ask("Get", [uid(id)])), "KeyMaterial")).toEqual(material);
  const reason = struct("RevocationReason", enumerated("RevocationReasonCode", 6));
  expect(reasonOf(await ask("Revoke", [uid(id), reason]))).toBe("Success");
  expect(await state()).toBe(3);
  expect(reasonOf(await ask("Destroy", [uid(id)]))).toBe("Success");
  expect(reasonOf(await ask("Get", [uid(id)]))).toBe("ItemNotFound");
});

test("MongoDB's drivers register Secret Data, which is refused, and the connection goes on", async () => {
  const { connect } = await buildTlsHouse();
  const wire = await connect("mongodb");
  const block = struct(
    "KeyBlock",
    enumerated("KeyFormatType", 2),
    struct("KeyValue", bytes("KeyMaterial", new Uint8Array(96))),
  );
  const secret = struct("SecretData", enumerated("SecretDataType", 2), block);
  const template = struct(
    "TemplateAttribute",
    attribute("Cryptographic Usage Mask", int("AttributeValue", 0)),
  );
  const refused = await wire.ask(
    message(0, [item("Register", [enumerated("ObjectType", 7), template, secret])]),
  );
  expect(reasonOf(refused)).toBe("InvalidField");
  expect(
    reasonOf(await wire.ask(message(0, [item("Query", [enumerated("QueryFunction", 1)])]))),
  ).toBe("Success");
});

test("MySQL's keyring creates with Attribute Index 0 on every attribute and a Maximum Response Size", async () => {
  const { connect } = await buildTlsHouse();
  const wire = await connect("mysql");
  const ask = async (...args: Parameters<typeof item>) =>
    await wire.ask(message(1, [item(...args)], [int("MaximumResponseSize", 280_000)]));
  const [algorithm, length, mask] = aesAttributes(0);
  const template = struct(
    "TemplateAttribute",
    algorithm,
    length,
    mask,
    nameAttribute("okv", 0),
    textAttribute("Object Group", "mysql", 0),
  );
  const created = await ask("Create", [enumerated("ObjectType", 2), template]);
  const id = find(payloadOf(created), "UniqueIdentifier") as string;
  expect(reasonOf(await ask("Activate", [uid(id)]))).toBe("Success");
  expect(payloadOf(await ask("Locate", [nameAttribute("okv", 0)]))).toEqual([uid(id)]);
  expect(find(payloadOf(await ask("Get", [uid(id)])), "KeyMaterial")).toHaveLength(32);
});

test("a MySQL server does not find another's keys", async () => {
  const { connect } = await buildTlsHouse();
  const [first, second] = [await connect("mysql-1"), await connect("mysql-2")];
  const template = struct(
    "TemplateAttribute",
    ...aesAttributes(),
    textAttribute("Object Group", "mysql"),
  );
  await first.ask(message(1, [item("Create", [enumerated("ObjectType", 2), template])]));
  expect(
    payloadOf(
      await second.ask(message(1, [item("Locate", [textAttribute("Object Group", "mysql")])])),
    ),
  ).toEqual([]);
});

test("an attribute named Storage Status Mask is refused by its name", async () => {
  const { connect } = await buildTlsHouse();
  const wire = await connect("mysql");
  const odd = attribute("Storage Status Mask", int("AttributeValue", 1));
  const answer = await wire.ask(
    message(1, [
      item("Create", [
        enumerated("ObjectType", 2),
        struct("TemplateAttribute", ...aesAttributes(), odd),
      ]),
    ]),
  );
  expect(reasonOf(answer)).toBe("InvalidField");
  expect(answer.batchItem[0]?.resultMessage).toContain("Storage Status Mask");
});
