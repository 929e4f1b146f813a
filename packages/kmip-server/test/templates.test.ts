import { type Attributes, toStructures, v1_1 } from "@akm/kmip-model";
import { expect, test } from "vitest";
import { type Asker, buildHouse, templateAttribute } from "./support/house.ts";

const name = (nameValue: string) => ({ nameValue, nameType: "URI" as const });

async function register(asker: Asker, within: Attributes, beside: Attributes = {}) {
  const { uniqueIdentifier } = await asker.call("Register", {
    objectType: "Template",
    templateAttribute: templateAttribute(beside),
    template: { attribute: toStructures(within, v1_1) },
  });
  return uniqueIdentifier;
}

async function attributesGot(asker: Asker, uniqueIdentifier: string) {
  const { template } = await asker.call("Get", { uniqueIdentifier });
  return template?.attribute.map(({ attributeName }) => attributeName);
}

test("Get of a template gives its contents, not its name", async () => {
  const alice = buildHouse().as("alice");
  const id = await register(alice, { name: [name("gold")], cryptographicLength: 128 });
  expect(await attributesGot(alice, id)).toEqual(["Cryptographic Length"]);
});

test("Get of a template without contents gives its own attributes: the structure holds one at least", async () => {
  const alice = buildHouse().as("alice");
  const id = await register(alice, { name: [name("gold")] });
  expect(await attributesGot(alice, id)).toContain("Name");
});

test("Get of a template that lost its only content is answered", async () => {
  const alice = buildHouse().as("alice");
  const uniqueIdentifier = await register(alice, { contactInformation: "me" });
  const attributeName = "Contact Information";
  await alice.call("DeleteAttribute", { uniqueIdentifier, attributeName });
  expect(await attributesGot(alice, uniqueIdentifier)).toContain("Initial Date");
});

test("what stands beside a template comes before what stands in it, in the order of the request", async () => {
  const alice = buildHouse().as("alice");
  const id = await register(alice, { name: [name("in")] }, { name: [name("beside")] });
  expect(await alice.attributes(id, "Name")).toEqual({ name: [name("beside"), name("in")] });
});
