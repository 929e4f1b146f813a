import { type OperationName, operations, responseMessage, tags } from "@akm/kmip-model";
import { decodeRaw, encode, encodeRaw, type RawItem, type Type } from "@akm/ttlv";
import type { Answer, Told } from "./outcome.ts";
import { ruleNamed, rules } from "./rules.ts";
import { materialItem, structureOf, versionStructure } from "./wire.ts";

// The model's answers as bytes, and two answers side by side.

type Op = OperationName & keyof typeof operations;

/** The response payload that says this. */
export function payloadFor(op: string, answer: Answer, edition: number): RawItem {
  const { response } = operations[op as Op];
  const value = fieldsOf(op, answer, edition);
  return encodeRaw(tags.ResponsePayload, response as Type<unknown>, value, { edition });
}

function fieldsOf(op: string, answer: Answer, edition: number): object {
  const { id, objectType, attributes, key } = answer;
  const structures = (all: readonly Told[] = []) =>
    inOrder(all).map((told) => attributeFor(told, edition));
  const common = { uniqueIdentifier: id, objectType };
  switch (op) {
    case "Locate":
      return { uniqueIdentifier: answer.ids };
    case "Check":
      return { ...common, cryptographicUsageMask: answer.mask };
    case "Get":
      return {
        ...common,
        symmetricKey: key && { keyBlock: keyBlockFor(key) },
        template: answer.contents && { attribute: structures(answer.contents) },
      };
    case "GetAttributes":
      return { ...common, attribute: structures(attributes) };
    case "GetAttributeList":
      return { ...common, attributeName: answer.names };
    case "AddAttribute":
    case "ModifyAttribute":
    case "DeleteAttribute":
      return { ...common, attribute: structures(attributes)[0] };
    case "Query":
      return {
        operation: answer.query?.operations,
        objectType: answer.query?.objectTypes,
        vendorIdentification: answer.query?.vendor,
        applicationNamespace: [],
        extensionInformation: [],
      };
    case "DiscoverVersions":
      return { protocolVersion: answer.versions?.map(versionStructure) };
    default:
      return common;
  }
}

function keyBlockFor({ format, bytes, algorithm, length }: NonNullable<Answer["key"]>) {
  return {
    keyFormatType: format,
    keyValue: { keyMaterial: materialItem(format, bytes), attribute: [] },
    cryptographicAlgorithm: algorithm,
    cryptographicLength: length,
  };
}

/** An index goes with attributes that may have several instances, 0 included. */
function attributeFor({ name, index, value }: Told, edition: number) {
  return structureOf({ name, value, ...(ruleNamed(name)?.many ? { index } : {}) }, edition);
}

const places = new Map(rules.map(({ name }, at) => [name, at]));

function inOrder(all: readonly Told[]): readonly Told[] {
  const place = ({ name }: Told) => places.get(name) ?? rules.length;
  return all.toSorted((one, other) => place(one) - place(other) || one.index - other.index);
}

/** A response item as the model expects it. */
export interface ExpectedItem {
  readonly op: string | undefined;
  readonly batchId: Uint8Array | undefined;
  /** The reasons that may be given; absent for success. */
  readonly reasons?: ReadonlySet<string>;
  readonly payload?: RawItem;
}

/** The bytes that a response of these items has, with no text for those that fail. */
export function sizeOf(items: readonly ExpectedItem[], edition: number): number {
  const message = {
    responseHeader: {
      protocolVersion: versionStructure([1, 1]),
      timeStamp: 0n,
      batchCount: items.length,
    },
    batchItem: items.map(({ op, batchId, reasons, payload }) => ({
      operation: op,
      uniqueBatchItemId: batchId,
      resultStatus: reasons ? "OperationFailed" : "Success",
      resultReason: reasons ? "GeneralFailure" : undefined,
      resultMessage: reasons ? "" : undefined,
      responsePayload: payload,
    })),
  };
  return encode(tags.ResponseMessage, responseMessage, message as never, { edition }).length;
}

/** A payload with its lists in one order, as text that can be compared and read. */
export function readable(op: string, payload: RawItem | undefined, edition: number): string {
  if (payload === undefined) return "no payload";
  const { response } = operations[op as Op];
  const value = decodeRaw(payload, response as Type<unknown>, { edition });
  return JSON.stringify(sorted(value as Record<string, unknown>), written, 1);
}

function sorted(value: Record<string, unknown>): object {
  const by = (text: (one: never) => string) => (one: unknown, other: unknown) =>
    text(one as never) < text(other as never) ? -1 : 1;
  const byName = by((one: Told & { attributeName: string; attributeIndex?: number }) => {
    return `${one.attributeName}#${String(one.attributeIndex ?? 0).padStart(6, "0")}`;
  });
  const { attribute, attributeName, template } = value;
  return {
    ...value,
    ...(Array.isArray(attribute) ? { attribute: attribute.toSorted(byName) } : {}),
    ...(Array.isArray(attributeName) ? { attributeName: attributeName.toSorted() } : {}),
    ...(template ? { template: sorted(template as Record<string, unknown>) } : {}),
  };
}

function written(_: string, value: unknown): unknown {
  if (typeof value === "bigint") return `${value}`;
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
  if (value !== null && typeof value === "object" && "offset" in value && "bytes" in value) {
    return Buffer.from(value.bytes as Uint8Array).toString("hex");
  }
  return value;
}
