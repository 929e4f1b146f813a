import {
  attributeNamed,
  editionOf,
  type operations as Operations,
  operations,
  requestMessage,
  tags,
  transparentSymmetricKey,
  v1_1,
} from "@akm/kmip-model";
import { anyItem, byteString, encode, encodeRaw, type Type } from "@akm/ttlv";
import type { BroughtKey, Given, Message, Request, Version, Wanted } from "./requests.ts";

// The model's requests as bytes. Of the declarations it takes the wire forms alone.

/** The item of an attribute's value; what has no declaration is an item of its own. */
function valueItem(name: string, value: unknown, edition: number, asFilter = false) {
  const row = attributeNamed(name);
  const type = (asFilter ? row?.filterType : row?.type) ?? anyItem;
  return encodeRaw(tags.AttributeValue, type as Type<unknown>, value, { edition });
}

/** An Attribute structure. */
export function structureOf({ name, index, value }: Given, edition: number, asFilter = false) {
  return {
    attributeName: name,
    ...(index === undefined ? {} : { attributeIndex: index }),
    attributeValue: valueItem(name, value, edition, asFilter),
  };
}

/** Whether two values of an attribute are the same on the wire. */
export function sameValue(name: string, one: unknown, other: unknown): boolean {
  return Buffer.compare(bytesOf(name, one), bytesOf(name, other)) === 0;
}

function bytesOf(name: string, value: unknown): Uint8Array {
  return valueItem(name, value, v1_1).bytes;
}

/** The Key Material item of the format Transparent Symmetric Key, its header included. */
export function transparentBytes(key: Uint8Array): Uint8Array {
  return encode(tags.KeyMaterial, transparentSymmetricKey, { key });
}

/** The Key Material item of a key. */
export function materialItem(format: string, key: Uint8Array) {
  return format === "TransparentSymmetricKey"
    ? encodeRaw(tags.KeyMaterial, transparentSymmetricKey, { key })
    : encodeRaw(tags.KeyMaterial, byteString, key);
}

function templateAttribute({ templates, attributes }: Wanted, edition: number) {
  return {
    name: templates.map((nameValue) => ({ nameValue, nameType: "UninterpretedTextString" })),
    attribute: attributes.map((given) => structureOf(given, edition)),
  };
}

function keyObject({ format, bytes, ...key }: BroughtKey, edition: number) {
  const attribute = key.inside ? [structureOf({ name: "x-inside", value: text }, edition)] : [];
  return {
    keyBlock: {
      keyFormatType: format,
      keyCompressionType: key.compressed ? "ECPublicKeyTypeUncompressed" : undefined,
      keyValue: { keyMaterial: materialItem(format, bytes), attribute },
      cryptographicAlgorithm: key.algorithm,
      cryptographicLength: key.length,
      keyWrappingData: key.wrapped ? { wrappingMethod: "Encrypt" } : undefined,
    },
  };
}

const text = { tag: tags.AttributeValue, type: "TextString", value: "inside" };

function payloadOf(request: Request, edition: number): object {
  const uniqueIdentifier = "id" in request ? request.id : undefined;
  switch (request.op) {
    case "Create":
      return {
        objectType: request.objectType,
        templateAttribute: templateAttribute(request.wanted, edition),
      };
    case "Register":
      return {
        objectType: request.objectType,
        templateAttribute: templateAttribute(request.wanted, edition),
        symmetricKey: request.key && keyObject(request.key, edition),
        template: request.contents && {
          attribute: request.contents.map((given) => structureOf(given, edition)),
        },
      };
    case "ReKey":
      return {
        uniqueIdentifier,
        offset: request.offset,
        templateAttribute: request.wanted && templateAttribute(request.wanted, edition),
      };
    case "Locate": {
      const attribute = request.filters.map((given) => structureOf(given, edition, true));
      return {
        maximumItems: request.maximum,
        offsetItems: request.skip,
        storageStatusMask: request.storage,
        objectGroupMember: request.member,
        ...(request.enclosed
          ? { attribute: [], templateAttribute: { name: [], attribute } }
          : { attribute }),
      };
    }
    case "Check":
      return { uniqueIdentifier, cryptographicUsageMask: request.mask };
    case "Get":
      return {
        uniqueIdentifier,
        keyFormatType: request.format,
        keyCompressionType: request.compressed ? "ECPublicKeyTypeUncompressed" : undefined,
        keyWrappingSpecification: request.wrapped
          ? { wrappingMethod: "Encrypt", attributeName: [] }
          : undefined,
      };
    case "GetAttributes":
      return { uniqueIdentifier, attributeName: request.names };
    case "AddAttribute":
    case "ModifyAttribute":
      return { uniqueIdentifier, attribute: structureOf(request.given, edition) };
    case "DeleteAttribute":
      return {
        uniqueIdentifier,
        attributeName: request.name,
        attributeIndex: request.index,
      };
    case "Revoke":
      return {
        uniqueIdentifier,
        revocationReason: { revocationReasonCode: request.code, revocationMessage: request.text },
        compromiseOccurrenceDate: request.occurred,
      };
    case "GetAttributeList":
    case "Activate":
    case "Destroy":
      return { uniqueIdentifier };
    case "Query":
      return { queryFunction: request.functions };
    case "DiscoverVersions":
      return { protocolVersion: request.versions.map(versionStructure) };
  }
}

/** The structure of a version. */
export function versionStructure([protocolVersionMajor, protocolVersionMinor]: Version) {
  return { protocolVersionMajor, protocolVersionMinor };
}

/** The edition that a version is written in. */
export function editionFor(version: Version) {
  return editionOf(versionStructure(version));
}

/** A message as bytes. */
export function messageBytes(message: Message): Uint8Array {
  const edition = editionFor(message.version);
  const { fault, items } = message;
  const named = fault !== "no id" && (items.length > 1 || fault === "same id");
  return encode(tags.RequestMessage, requestMessage, {
    requestHeader: {
      protocolVersion: versionStructure(message.version),
      maximumResponseSize: message.maximumResponseSize,
      authentication: fault === "credential" ? credential : undefined,
      batchErrorContinuationOption: message.continuation,
      batchOrderOption: message.batchOrder,
      batchCount: items.length + (fault === "count" ? 1 : 0),
    },
    batchItem: items.map((request, at) => ({
      operation: request.op,
      uniqueBatchItemId: named ? Uint8Array.of(fault === "same id" ? 0 : at) : undefined,
      requestPayload: encodeRaw(
        tags.RequestPayload,
        operations[request.op as keyof typeof Operations].request as Type<unknown>,
        payloadOf(request, edition),
        { edition },
      ),
    })),
  } as never);
}

const credential = {
  credential: {
    credentialType: "UsernameAndPassword",
    credentialValue: encodeRaw(tags.CredentialValue, anyItem, {
      tag: tags.CredentialValue,
      type: "Structure",
      value: [{ tag: tags.Username, type: "TextString", value: "somebody" }],
    }),
  },
};
