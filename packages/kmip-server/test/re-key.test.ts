import {
  type Attributes,
  attributes,
  tags,
  transparentSymmetricKey,
  v1_1,
  writeAttribute,
} from "@akm/kmip-model";
import { encodeRaw } from "@akm/ttlv";
import { describe, expect, test } from "vitest";
import { type Asker, buildHouse } from "./support/house.ts";
import { reKey, revoke, withAttributes } from "./support/re-keying.ts";
import { find, registerTemplate } from "./support/search.ts";

const name = (nameValue: string) => ({ nameValue, nameType: "URI" as const });
async function keyBytes(asker: Asker, uniqueIdentifier: string): Promise<Uint8Array> {
  const { symmetricKey } = await asker.call("Get", { uniqueIdentifier });
  const keyValue = symmetricKey?.keyBlock.keyValue;
  if (keyValue === undefined || keyValue instanceof Uint8Array) throw new Error("no plain key");
  return keyValue.keyMaterial.bytes.slice(8);
}

/** A Key Value of the format Transparent Symmetric Key. */
function transparentKey(key: Uint8Array) {
  const keyMaterial = encodeRaw(tags.KeyMaterial, transparentSymmetricKey, { key });
  return { keyMaterial, attribute: [] };
}

/** Reads the same attribute of several objects. */
async function each<M extends keyof Attributes>(asker: Asker, ids: readonly string[], member: M) {
  return await Promise.all(ids.map(async (id) => (await asker.attributes(id))[member]));
}

describe("The replacement", () => {
  test("is another key of the same kind, with fresh bytes of the same length", async () => {
    const alice = buildHouse().as("alice");
    const old = await alice.create({ cryptographicLength: 192 });
    const before = await keyBytes(alice, old);
    const replacement = await reKey(alice, old);
    const after = await keyBytes(alice, replacement);
    expect(after).toHaveLength(24);
    expect(after).not.toEqual(before);
    expect(await keyBytes(alice, old)).toEqual(before);
    const [oldDigest, newDigest] = await each(alice, [old, replacement], "digest");
    expect(newDigest).not.toEqual(oldDigest);
  });

  test("takes all names, in their order and numbered anew; the key name stays on both", async () => {
    const alice = buildHouse().as("alice");
    const old = await alice.create({ name: [name("a"), name("b"), name("c")] });
    await alice.call("DeleteAttribute", {
      uniqueIdentifier: old,
      attributeName: "Name",
      attributeIndex: 1,
    });
    const replacement = await reKey(alice, old);
    expect(await alice.attributes(old, "Name")).toEqual({});
    const request = { uniqueIdentifier: replacement, attributeName: ["Name"] };
    const { attribute } = await alice.call("GetAttributes", request);
    expect(attribute.map(({ attributeIndex }) => attributeIndex)).toEqual([0, 1]);
    expect(await alice.attributes(replacement, "Name")).toEqual({ name: [name("a"), name("c")] });
    expect(await each(alice, [old, replacement], "keyName")).toEqual(["a", "a"]);
    expect(await find(alice, { name: [name("c")] })).toEqual([replacement]);
    expect(await find(alice, { keyName: "a" })).toHaveLength(2);
  });

  test("shares the key name with its predecessors for ever", async () => {
    const alice = buildHouse().as("alice");
    const old = await alice.create({ name: [name("a")] });
    const replacement = await reKey(alice, old);
    const value = { index: 0, value: name("b") };
    const attribute = writeAttribute(attributes.name, value, v1_1);
    await alice.call("ModifyAttribute", { uniqueIdentifier: replacement, attribute });
    expect(await each(alice, [old, replacement], "keyName")).toEqual(["b", "b"]);
  });

  test("is the only one that its predecessor names as such", async () => {
    const alice = buildHouse().as("alice");
    const claimed = { linkType: "ReplacementObjectLink", linkedObjectIdentifier: "other" } as const;
    const old = await alice.create({ link: [claimed] });
    const replacement = await reKey(alice, old);
    const link = [{ ...claimed, linkedObjectIdentifier: replacement }];
    expect(await alice.attributes(old, "Link")).toEqual({ link });
  });

  test("numbers what it inherits anew", async () => {
    const alice = buildHouse().as("alice");
    const old = await alice.create({ objectGroup: ["a", "b"] });
    const group = { attributeName: "Object Group", attributeIndex: 0 };
    await alice.call("DeleteAttribute", { uniqueIdentifier: old, ...group });
    const uniqueIdentifier = await reKey(alice, old);
    const request = { uniqueIdentifier, attributeName: ["Object Group"] };
    const { attribute } = await alice.call("GetAttributes", request);
    expect(attribute).toMatchObject([group]);
  });

  test("is the current instance, and is linked both ways, along a chain", async () => {
    const alice = buildHouse().as("alice");
    const first = await alice.create();
    const second = await reKey(alice, first);
    const third = await reKey(alice, second);
    const chain = [first, second, third];
    const link = (linkType: "ReplacementObjectLink" | "ReplacedObjectLink", id: string) => ({
      linkType,
      linkedObjectIdentifier: id,
    });
    expect(await each(alice, chain, "current")).toEqual([false, false, true]);
    expect(await each(alice, chain, "instance")).toEqual(chain);
    expect(await each(alice, chain, "link")).toEqual([
      [link("ReplacementObjectLink", second)],
      [link("ReplacedObjectLink", first), link("ReplacementObjectLink", third)],
      [link("ReplacedObjectLink", second)],
    ]);
  });

  test("inherits what the old instance has, without its links", async () => {
    const alice = buildHouse().as("alice");
    const custom = {
      "x-a": [{ tag: tags.AttributeValue, type: "TextString", value: "one" } as const],
    };
    const handedOn: Attributes = {
      objectGroup: ["g", "h"],
      contactInformation: "joe",
      operationPolicyName: "default",
      cryptographicParameters: [{ blockCipherMode: "CBC" }],
      applicationSpecificInformation: [{ applicationNamespace: "n", applicationData: "d" }],
      sqlServerThumbprint: Uint8Array.of(1, 2),
      metadata: { field3: "three" },
      destroyPermitted: false,
      mirrored: true,
      accessCheck: "Anyone",
      custom,
    };
    const link = { linkType: "DerivedKeyLink", linkedObjectIdentifier: "other" } as const;
    const old = await alice.create({ ...handedOn, link: [link] });
    const replacement = await reKey(alice, old);
    const inherited = await alice.attributes(replacement);
    expect(inherited).toMatchObject(handedOn);
    expect(inherited.link).toEqual([
      { linkType: "ReplacedObjectLink", linkedObjectIdentifier: old },
    ]);
    expect(await each(alice, [old], "link")).toEqual([
      [link, { linkType: "ReplacementObjectLink", linkedObjectIdentifier: replacement }],
    ]);
  });

  test("does not inherit a compromise, nor a revocation", async () => {
    const alice = buildHouse().as("alice");
    const old = await alice.create();
    await alice.call("Activate", { uniqueIdentifier: old });
    await revoke(alice, old, true);
    const replacement = await reKey(alice, old);
    const { compromiseDate, compromiseOccurrenceDate, revocationReason, state } =
      await alice.attributes(replacement);
    expect([compromiseDate, compromiseOccurrenceDate, revocationReason]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(state).toBe("Active");
    expect(await alice.attributes(old, "State")).toEqual({ state: "Compromised" });
  });

  test("is its predecessor's owner's, whoever asked for it", async () => {
    const { as } = buildHouse();
    const [alice, root] = [as("alice"), as("root", { administrator: true })];
    const old = await alice.create();
    const replacement = await reKey(root, old);
    expect(await keyBytes(alice, replacement)).toHaveLength(32);
    await expect(keyBytes(as("root"), replacement)).rejects.toMatchObject({
      reason: "PermissionDenied",
    });
  });

  test("keeps the format in which the key was registered", async () => {
    const alice = buildHouse().as("alice");
    const { uniqueIdentifier: old } = await alice.call("Register", {
      objectType: "SymmetricKey",
      ...withAttributes({ cryptographicUsageMask: ["Encrypt"] }),
      symmetricKey: {
        keyBlock: {
          keyFormatType: "TransparentSymmetricKey",
          cryptographicAlgorithm: "AES",
          cryptographicLength: 128,
          keyValue: transparentKey(new Uint8Array(16).fill(7)),
        },
      },
    });
    const replacement = await reKey(alice, old);
    const { symmetricKey } = await alice.call("Get", { uniqueIdentifier: replacement });
    expect(symmetricKey?.keyBlock.keyFormatType).toBe("TransparentSymmetricKey");
  });
});

describe("Once", () => {
  test("of racing Re-keys one makes the replacement, all others are refused", async () => {
    const alice = buildHouse().as("alice");
    const old = await alice.create();
    const racers = Array.from({ length: 8 }, () => reKey(alice, old));
    const ends = await Promise.allSettled(racers);
    const failed = ends.filter((end) => end.status === "rejected");
    expect(failed.map(({ reason }) => reason.reason)).toEqual(Array(7).fill("PermissionDenied"));
    expect(await find(alice, {})).toHaveLength(2);
  });

  test("an instance stays rolled when its replacement is gone, and then none is current", async () => {
    const alice = buildHouse().as("alice");
    const old = await alice.create({ name: [name("n")] });
    const replacement = await reKey(alice, old);
    await alice.call("Destroy", { uniqueIdentifier: replacement });
    await expect(reKey(alice, old)).rejects.toMatchObject({ reason: "PermissionDenied" });
    expect(await alice.attributes(old, "y-Current", "y-Key Name")).toEqual({
      current: false,
      keyName: "n",
    });
    await expect(alice.create({ name: [name("n")] })).rejects.toMatchObject({
      reason: "InvalidField",
    });
    await alice.call("Destroy", { uniqueIdentifier: old });
    await alice.create({ name: [name("n")] });
  });

  test("what may not be re-keyed is Permission Denied: by its policy, a template, another's key", async () => {
    const { as } = buildHouse();
    const alice = as("alice");
    const denied = { reason: "PermissionDenied" };
    const fixed = await alice.create({ reKeyPermitted: false });
    await expect(reKey(alice, fixed)).rejects.toMatchObject(denied);
    const template = await registerTemplate(alice, { name: [name("t")] });
    await expect(reKey(alice, template)).rejects.toMatchObject(denied);
    await expect(reKey(as("bob"), await alice.create())).rejects.toMatchObject(denied);
  });
});
