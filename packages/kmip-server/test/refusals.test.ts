import {
  type AttributeMember,
  type Attributes,
  attributes,
  type operations,
  type ReasonOf,
  tags,
  toStructures,
  v1_1,
  writeAttribute,
} from "@akm/kmip-model";
import { systemRandomness } from "@akm/kmip-server";
import type { Item } from "@akm/ttlv";
import { describe, expect, test } from "vitest";
import { aesKey, basics, making } from "./support/attempts.ts";
import { type Asker, buildHouse, type House, templateAttribute } from "./support/house.ts";
import { reKey, withAttributes } from "./support/re-keying.ts";
import { registerTemplate } from "./support/search.ts";

// Every reason that an operation declares beside the general ones, provoked. A declared reason without a line here does
// not compile.

interface Scene {
  readonly house: House;
  readonly alice: Asker;
  /** From now on there is no randomness for keys of 32 bytes. */
  drain(): void;
}

type Provocation = (scene: Scene) => Promise<unknown>;
type Name = keyof typeof operations;
type Own<N extends Name> = (typeof operations)[N]["fails"][number];
type Offered = { [N in Name]: [Own<N>] extends [never] ? never : N }[Name];

const uniqueIdentifier = "AAAAAAAAAAAAAAAAAAAAAAAA";
const absent = { uniqueIdentifier };
const unknown = ["no such template"];
const noData = { applicationSpecificInformation: [{ applicationNamespace: "tape" }] };
const revocationReason = { revocationReasonCode: "Superseded" } as const;
const notes = Array.from({ length: 257 }, (): Item => {
  return { tag: tags.AttributeValue, type: "Integer", value: 1 };
});
const tooMany: Attributes = { custom: { "x-note": notes } };
const name = { nameValue: "taken", nameType: "URI" } as const;

function written(member: AttributeMember, value: unknown) {
  const { attributeIndex: _, ...structure } = writeAttribute(
    attributes[member] as never,
    { index: 0, value: value as never },
    v1_1,
  );
  return structure;
}

const contact = written("contactInformation", "me");
const withoutData = written("applicationSpecificInformation", { applicationNamespace: "tape" });

/** Registers a key with this in its request. */
async function register(alice: Asker, change: object = {}, given: Attributes = {}) {
  const structures = [...basics(), ...toStructures(given, v1_1)];
  await alice.call("Register", { ...making(structures), symmetricKey: aesKey(), ...change });
}

function keyBlockWith(change: object) {
  return { symmetricKey: { keyBlock: { ...aesKey().keyBlock, ...change } } };
}

const onTemplate = async (alice: Asker) => ({
  uniqueIdentifier: await registerTemplate(alice, { contactInformation: "me" }),
});

const provocations: { readonly [N in Offered]: { readonly [R in Own<N>]: Provocation } } = {
  Create: {
    ItemNotFound: ({ alice }) =>
      alice.call("Create", {
        objectType: "SymmetricKey",
        templateAttribute: templateAttribute({}, unknown),
      }),
    CryptographicFailure: async ({ alice, drain }) => {
      drain();
      await alice.create();
    },
    IndexOutOfBounds: ({ alice }) => alice.create(tooMany),
    ApplicationNamespaceNotSupported: ({ alice }) => alice.create(noData),
  },
  Register: {
    ItemNotFound: ({ alice }) =>
      register(alice, { templateAttribute: templateAttribute({}, unknown) }),
    IndexOutOfBounds: ({ alice }) => register(alice, {}, tooMany),
    ApplicationNamespaceNotSupported: ({ alice }) => register(alice, {}, noData),
    KeyFormatTypeNotSupported: ({ alice }) =>
      register(alice, keyBlockWith({ keyFormatType: "PKCS_8" })),
    KeyCompressionTypeNotSupported: ({ alice }) =>
      register(alice, keyBlockWith({ keyCompressionType: "ECPublicKeyTypeUncompressed" })),
  },
  ReKey: {
    ItemNotFound: ({ alice }) => alice.call("ReKey", absent),
    IllegalOperation: async ({ alice }) => reKey(alice, await alice.create(), { offset: 0 }),
    CryptographicFailure: async ({ alice, drain }) => {
      const id = await alice.create();
      drain();
      await reKey(alice, id);
    },
    IndexOutOfBounds: async ({ alice }) =>
      reKey(alice, await alice.create(), withAttributes(tooMany)),
    ApplicationNamespaceNotSupported: async ({ alice }) =>
      reKey(alice, await alice.create(), withAttributes(noData)),
  },
  Check: {
    ItemNotFound: ({ alice }) => alice.call("Check", absent),
    IllegalOperation: async ({ alice }) => alice.call("Check", await onTemplate(alice)),
  },
  Get: {
    ItemNotFound: ({ alice }) => alice.call("Get", absent),
    KeyFormatTypeNotSupported: async ({ alice }) =>
      alice.call("Get", { uniqueIdentifier: await alice.create(), keyFormatType: "PKCS_8" }),
    KeyCompressionTypeNotSupported: async ({ alice }) =>
      alice.call("Get", { uniqueIdentifier: await alice.create(), keyCompressionType: 99 }),
  },
  GetAttributes: {
    ItemNotFound: ({ alice }) => alice.call("GetAttributes", { ...absent, attributeName: [] }),
  },
  GetAttributeList: { ItemNotFound: ({ alice }) => alice.call("GetAttributeList", absent) },
  AddAttribute: {
    ItemNotFound: ({ alice }) => alice.call("AddAttribute", { ...absent, attribute: contact }),
    IllegalOperation: async ({ alice }) =>
      alice.call("AddAttribute", { ...(await onTemplate(alice)), attribute: contact }),
    IndexOutOfBounds: async ({ alice }) => {
      const full: Attributes = { custom: { "x-note": notes.slice(0, 250) } };
      const id = await alice.create(full);
      const attribute = written("objectGroup", "one more");
      for (;;) await alice.call("AddAttribute", { uniqueIdentifier: id, attribute });
    },
    ApplicationNamespaceNotSupported: async ({ alice }) =>
      alice.call("AddAttribute", {
        uniqueIdentifier: await alice.create(),
        attribute: withoutData,
      }),
  },
  ModifyAttribute: {
    ItemNotFound: ({ alice }) => alice.call("ModifyAttribute", { ...absent, attribute: contact }),
    IllegalOperation: async ({ alice }) => {
      await alice.create({ name: [name] });
      const attribute = written("name", name);
      const other = { uniqueIdentifier: await alice.create(), attribute };
      await alice.call("ModifyAttribute", other);
    },
    ApplicationNamespaceNotSupported: async ({ alice }) => {
      const information = { applicationNamespace: "tape", applicationData: "1" };
      const id = await alice.create({ applicationSpecificInformation: [information] });
      await alice.call("ModifyAttribute", { uniqueIdentifier: id, attribute: withoutData });
    },
  },
  DeleteAttribute: {
    ItemNotFound: async ({ alice }) =>
      alice.call("DeleteAttribute", {
        uniqueIdentifier: await alice.create(),
        attributeName: "Object Group",
      }),
  },
  Activate: {
    ItemNotFound: ({ alice }) => alice.call("Activate", absent),
    IllegalOperation: async ({ alice }) => alice.call("Activate", await onTemplate(alice)),
  },
  Revoke: {
    ItemNotFound: ({ alice }) => alice.call("Revoke", { ...absent, revocationReason }),
    IllegalOperation: async ({ alice }) =>
      alice.call("Revoke", { uniqueIdentifier: await alice.create(), revocationReason }),
  },
  Destroy: { ItemNotFound: ({ alice }) => alice.call("Destroy", absent) },
};

function setScene(): Scene {
  let dry = false;
  const house = buildHouse(
    {},
    {
      randomness(bytes) {
        if (dry && bytes === 32) throw new Error("no entropy");
        return systemRandomness(bytes);
      },
    },
  );
  const drain = () => {
    dry = true;
  };
  return { house, alice: house.as("alice"), drain };
}

describe.each(Object.entries(provocations))("%s", (_, reasons) => {
  const all = Object.entries(reasons) as [ReasonOf<(typeof operations)[Name]>, Provocation][];
  test.each(all)("is refused with %s", async (reason, provoke) => {
    await expect(provoke(setScene())).rejects.toMatchObject({ name: "KmipError", reason });
  });
});
