import { type Attributes, attributes, v1_1, writeAttribute } from "@akm/kmip-model";
import { expect, test } from "vitest";
import { buildHouse } from "./support/house.ts";

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
