import { type Attributes, attributes, v1_1, writeAttribute } from "@akm/kmip-model";
import { expect, test } from "vitest";
import { type Asker, buildHouse } from "./support/house.ts";
import { registerTemplate } from "./support/search.ts";

const name = (nameValue: string) => ({ nameValue, nameType: "UninterpretedTextString" as const });

test("a Name at index 0 can be modified, and renames the key", async () => {
  const alice = buildHouse().as("alice");
  const uniqueIdentifier = await alice.create({ name: [name("first")] });
  const attribute = writeAttribute(attributes.name, { index: 0, value: name("second") }, v1_1);
  await alice.call("ModifyAttribute", { uniqueIdentifier, attribute });
  expect(await alice.attributes(uniqueIdentifier, "Name", "y-Key Name")).toEqual({
    name: [name("second")],
    keyName: "second",
  });
});

test("a Name that another key bears is refused, whatever its type", async () => {
  const alice = buildHouse().as("alice");
  await alice.create({ name: [name("taken")] });
  const again: Attributes = { name: [{ nameValue: "taken", nameType: "URI" }] };
  await expect(alice.create(again)).rejects.toMatchObject({ reason: "InvalidField" });
});

/** Adds a Name. */
async function addName(asker: Asker, uniqueIdentifier: string, nameValue: string) {
  const { attributeIndex: _, ...attribute } = writeAttribute(
    attributes.name,
    { index: 0, value: name(nameValue) },
    v1_1,
  );
  await asker.call("AddAttribute", { uniqueIdentifier, attribute });
}

test("an object cannot bear a Name twice, whether key or template", async () => {
  const alice = buildHouse().as("alice");
  const refused = { reason: "IllegalOperation" };
  const key = await alice.create({ name: [name("key")] });
  await expect(addName(alice, key, "key")).rejects.toMatchObject(refused);
  const template = await registerTemplate(alice, { name: [name("template")] });
  await expect(addName(alice, template, "template")).rejects.toMatchObject(refused);
});

test("an old instance cannot take on the Name that the new one bears", async () => {
  const alice = buildHouse().as("alice");
  const old = await alice.create({ name: [name("key")] });
  await alice.call("ReKey", { uniqueIdentifier: old });
  await expect(addName(alice, old, "key")).rejects.toMatchObject({ reason: "IllegalOperation" });
});

test("a Name that does not change what the key is called leaves the other instances unchanged", async () => {
  const house = buildHouse();
  const alice = house.as("alice");
  const old = await alice.create({ name: [name("key")] });
  const { uniqueIdentifier } = await alice.call("ReKey", { uniqueIdentifier: old });
  const before = await alice.attributes(old);
  house.clock.advance(1);
  const modify = async (nameValue: string) => {
    const attribute = writeAttribute(attributes.name, { index: 0, value: name(nameValue) }, v1_1);
    await alice.call("ModifyAttribute", { uniqueIdentifier, attribute });
  };
  await modify("key");
  expect(await alice.attributes(old)).toEqual(before);
  await modify("lock");
  const lastChangeDate = house.clock.seconds;
  expect(await alice.attributes(old)).toEqual({ ...before, keyName: "lock", lastChangeDate });
});

test("an index is not used again after its instance was deleted", async () => {
  const alice = buildHouse().as("alice");
  const uniqueIdentifier = await alice.create({ objectGroup: ["a", "b"] });
  await alice.call("DeleteAttribute", {
    uniqueIdentifier,
    attributeName: "Object Group",
    attributeIndex: 1,
  });
  const { attributeIndex: _, ...attribute } = writeAttribute(
    attributes.objectGroup,
    { index: 0, value: "c" },
    v1_1,
  );
  const added = await alice.call("AddAttribute", { uniqueIdentifier, attribute });
  expect(added.attribute.attributeIndex).toBe(2);
});

test("an attribute of one instance is at index 0 again when it was deleted and added", async () => {
  const alice = buildHouse().as("alice");
  const uniqueIdentifier = await alice.create({ contactInformation: "me" });
  const attributeName = "Contact Information";
  const attribute = writeAttribute(attributes.contactInformation, { index: 0, value: "you" }, v1_1);
  await alice.call("DeleteAttribute", { uniqueIdentifier, attributeName });
  await alice.call("AddAttribute", { uniqueIdentifier, attribute });
  await alice.call("ModifyAttribute", { uniqueIdentifier, attribute });
  await alice.call("DeleteAttribute", { uniqueIdentifier, attributeName, attributeIndex: 0 });
});

test("Modify Attribute of y-Metadata replaces the fields it names and leaves the others", async () => {
  const alice = buildHouse().as("alice");
  const uniqueIdentifier = await alice.create({ metadata: { field1: "a", field2: "b" } });
  const attribute = writeAttribute(
    attributes.metadata,
    { index: 0, value: { field1: "", field16: "z" } },
    v1_1,
  );
  await alice.call("ModifyAttribute", { uniqueIdentifier, attribute });
  expect(await alice.attributes(uniqueIdentifier, "y-Metadata")).toEqual({
    metadata: { field2: "b", field16: "z" },
  });
});
