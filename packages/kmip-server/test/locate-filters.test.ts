import { type Attributes, enumerations, tags, toStructures, v1_1 } from "@akm/kmip-model";
import { encodeRaw, type Item } from "@akm/ttlv";
import { describe, expect, test } from "vitest";
import { buildHouse, templateAttribute } from "./support/house.ts";
import { filter, find, locate, registerTemplate } from "./support/search.ts";

const name = (nameValue: string, nameType: "UninterpretedTextString" | "URI" = "URI") => ({
  nameValue,
  nameType,
});
const text = (value: string): Item => ({ tag: tags.AttributeValue, type: "TextString", value });
const integer = (value: number, type: "Integer" | "Enumeration" = "Integer"): Item => ({
  tag: tags.AttributeValue,
  type,
  value,
});

describe("Filters", () => {
  test("all of them must match, those in a Template-Attribute too", async () => {
    const alice = buildHouse().as("alice");
    const both = await alice.create({ objectGroup: ["g"], contactInformation: "joe" });
    await alice.create({ objectGroup: ["g"] });
    const attribute = toStructures({ objectGroup: ["g"] }, v1_1);
    const inside = { templateAttribute: templateAttribute({ contactInformation: "joe" }) };
    expect(await locate(alice, { attribute, ...inside })).toEqual([both]);
    expect(await locate(alice, inside)).toEqual([both]);
    expect(await find(alice, { objectGroup: ["g"], contactInformation: "jo" })).toEqual([]);
  });

  test("a name is compared byte by byte, and its type only where it is given", async () => {
    const alice = buildHouse().as("alice");
    const key = await alice.create({ name: [name("Zoë %_", "URI")] });
    const by = (value: object) => locate(alice, { attribute: [filter("Name", value)] });
    expect(await by({ nameValue: "Zoë %_" })).toEqual([key]);
    expect(await by({ nameType: "URI" })).toEqual([key]);
    expect(await by(name("Zoë %_", "URI"))).toEqual([key]);
    expect(await by(name("Zoë %_", "UninterpretedTextString"))).toEqual([]);
    for (const nameValue of ["zoë %_", "Zoë %", "Zoë", "%", "Zoë %_ ", "Zoe\u0308 %_", ""]) {
      expect(await by({ nameValue })).toEqual([]);
    }
  });

  test("two names are both to be had, and the fields of a structure on one instance", async () => {
    const alice = buildHouse().as("alice");
    const information = (applicationNamespace: string, applicationData: string) => ({
      applicationNamespace,
      applicationData,
    });
    const key = await alice.create({
      name: [name("one"), name("two")],
      applicationSpecificInformation: [information("n", "1"), information("m", "2")],
    });
    expect(await find(alice, { name: [name("two"), name("one")] })).toEqual([key]);
    expect(await find(alice, { name: [name("one"), name("three")] })).toEqual([]);
    const by = (set: Attributes) => find(alice, set);
    expect(await by({ applicationSpecificInformation: [information("n", "1")] })).toEqual([key]);
    expect(await by({ applicationSpecificInformation: [information("n", "2")] })).toEqual([]);
  });

  test("an identifier is read directly, and only where the asker may see it", async () => {
    const { as } = buildHouse();
    const alice = as("alice");
    const key = await alice.create();
    expect(await find(alice, { uniqueIdentifier: key })).toEqual([key]);
    expect(await find(alice, { instance: key, state: "PreActive" })).toEqual([key]);
    expect(await find(alice, { instance: key, state: "Active" })).toEqual([]);
    expect(await find(as("bob"), { uniqueIdentifier: key })).toEqual([]);
  });

  test("a usage mask is found by the bits that it contains", async () => {
    const alice = buildHouse().as("alice");
    const key = await alice.create({ cryptographicUsageMask: ["Encrypt", "Decrypt", "WrapKey"] });
    expect(await find(alice, { cryptographicUsageMask: ["Encrypt", "WrapKey"] })).toEqual([key]);
    expect(await find(alice, { cryptographicUsageMask: [] })).toEqual([key]);
    expect(await find(alice, { cryptographicUsageMask: ["Encrypt", "Sign"] })).toEqual([]);
  });

  test("a state is the one at this moment", async () => {
    const { clock, as } = buildHouse();
    const alice = as("alice");
    const key = await alice.create({ activationDate: clock.seconds + 10n });
    expect(await find(alice, { state: "Active" })).toEqual([]);
    clock.advance(10);
    expect(await find(alice, { state: "Active" })).toEqual([key]);
  });

  test("a digest finds its key, alone and in part", async () => {
    const alice = buildHouse().as("alice");
    const keys = [await alice.create(), await alice.create()];
    const { digest } = await alice.attributes(keys[0] as string, "Digest");
    expect(await find(alice, { digest: digest ?? [] })).toEqual([keys[0]]);
    const bySha = filter("Digest", { hashingAlgorithm: "SHA_256" });
    expect(await locate(alice, { attribute: [bySha] })).toHaveLength(2);
  });

  test("the server's own attributes find their keys", async () => {
    const alice = buildHouse().as("alice");
    const key = await alice.create({
      metadata: { field1: "one", field16: "last" },
      accessCheck: "Anyone",
    });
    await alice.create();
    expect(await find(alice, { metadata: { field16: "last" } })).toEqual([key]);
    expect(await find(alice, { accessCheck: "Anyone", current: true })).toEqual([key]);
    expect(await find(alice, { metadata: { field1: "last" } })).toEqual([]);
  });

  test("a custom attribute matches by type and value, a structure by the fields that are given", async () => {
    const alice = buildHouse().as("alice");
    const first = { ...integer(7), tag: 0x540102 };
    const structure = (...value: Item[]): Item => ({ ...text(""), type: "Structure", value });
    const custom = {
      "x-a": [integer(1)],
      "x-s": [structure({ ...text("t"), tag: 0x540101 }, first)],
    };
    const key = await alice.create({ custom });
    const by = (filters: Record<string, readonly Item[]>) => find(alice, { custom: filters });
    expect(await by({ "x-a": [integer(1)] })).toEqual([key]);
    expect(await by({ "x-a": [integer(1, "Enumeration")] })).toEqual([]);
    expect(await by({ "x-a": [text("1")] })).toEqual([]);
    expect(await by({ "x-s": [structure(first)] })).toEqual([key]);
    expect(await by({ "x-s": [structure({ ...first, tag: 0x540103 })] })).toEqual([]);
    const around = await alice.create({ custom: { "x-t": [structure(text("1"))] } });
    expect(await by({ "x-t": [text("1")] })).toEqual([]);
    expect(await by({ "x-t": [structure(text("1"))] })).toEqual([around]);
    expect(await by({ "x-nobody-has-it": [integer(1)] })).toEqual([]);
  });
});

describe("Dates", () => {
  const day = 86_400n;

  test.each(["Initial Date", "Activation Date"])(
    "%s matches one moment, or a range in either order",
    async (attributeName) => {
      const { clock, as } = buildHouse();
      const alice = as("alice");
      const start = clock.seconds;
      const made: string[] = [];
      for (let at = 0n; at < 3n; at += 1n) {
        made.push(await alice.create({ activationDate: clock.seconds }));
        clock.advance(day);
      }
      const by = (...dates: readonly bigint[]) =>
        locate(alice, { attribute: dates.map((date) => filter(attributeName, date)) });
      expect(await by(start + day)).toEqual([made[1]]);
      expect(await by(start + day + 1n)).toEqual([]);
      expect(await by(start, start + day)).toEqual([made[1], made[0]]);
      expect(await by(start + 2n * day, start + 1n)).toEqual([made[2], made[1]]);
      expect(await by(start, start)).toEqual([made[0]]);
      await expect(by(start, start, start)).rejects.toMatchObject({ reason: "InvalidField" });
    },
  );

  test("a date that is not set counts as the largest one", async () => {
    const { clock, as } = buildHouse();
    const alice = as("alice");
    const endless = await alice.create();
    await alice.create({ deactivationDate: clock.seconds });
    await registerTemplate(alice, { name: [name("t")], contactInformation: "joe" });
    const largest = 2n ** 63n - 1n;
    const attribute = [clock.seconds + 1n, largest].map((date) =>
      filter("Deactivation Date", date),
    );
    expect(await locate(alice, { attribute })).toEqual([endless]);
  });
});

describe("Templates", () => {
  test("they are found by what is their own, never by what they hand on", async () => {
    const alice = buildHouse().as("alice");
    const contents: Attributes = {
      cryptographicAlgorithm: "AES",
      objectGroup: ["g"],
      custom: { "x-a": [integer(1)] },
    };
    const template = await registerTemplate(alice, { name: [name("t")], ...contents });
    expect(await find(alice, { name: [name("t")], objectType: "Template" })).toEqual([template]);
    for (const [member, value] of Object.entries(contents)) {
      expect(await find(alice, { [member]: value })).toEqual([]);
      expect(await find(alice, { [member]: value, uniqueIdentifier: template })).toEqual([]);
    }
  });
});

describe("What cannot be understood", () => {
  const value = encodeRaw(tags.AttributeValue, enumerations.state, "Active");

  test.each(["Fresh", "Lease Time", "Archive Date", "No Such Thing", "y-Nothing", "State ", ""])(
    "attribute %o is Invalid Field",
    async (attributeName) => {
      const alice = buildHouse().as("alice");
      await alice.create();
      const attribute = [{ attributeName, attributeValue: value }];
      await expect(locate(alice, { attribute })).rejects.toMatchObject({ reason: "InvalidField" });
    },
  );

  test("a policy name that is not known is Invalid Field, `default` finds those that have it", async () => {
    const alice = buildHouse().as("alice");
    const key = await alice.create({ operationPolicyName: "default" });
    await alice.create();
    expect(await find(alice, { operationPolicyName: "default" })).toEqual([key]);
    await expect(find(alice, { operationPolicyName: "other" })).rejects.toMatchObject({
      reason: "InvalidField",
    });
  });
});
