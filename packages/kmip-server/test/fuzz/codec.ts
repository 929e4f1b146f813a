import {
  type AttributeStructure,
  attributeNamed,
  type Edition,
  KmipError,
  operations,
  type RequestBatchItem,
  readAttribute,
  requestMessage,
  tags,
  v1_0,
  v1_1,
  writeAttribute,
} from "@akm/kmip-model";
import {
  anyItem,
  checkForm,
  decode,
  decodeRaw,
  encode,
  TtlvError,
  type TtlvErrorCode,
} from "@akm/ttlv";
import { same } from "./finding.ts";

const formCodes: ReadonlySet<TtlvErrorCode> = new Set([
  "Truncated",
  "TooLong",
  "BadType",
  "BadLength",
  "TooDeep",
  "TooManyItems",
  "TrailingBytes",
]);

/** How decoding a request ended. */
export interface Decoded {
  /** A code of `TtlvError`, a reason of `KmipError`, or `accepted`. */
  readonly end: string;
  /** The fault in its form, if there is one. */
  readonly form: string | undefined;
  /** What was accepted of it. */
  readonly parts: readonly Part[];
}

interface Part {
  readonly what: string;
  readonly bytes: Uint8Array;
  /** The bytes of the value that was decoded. */
  encoded(): Uint8Array;
}

/**
 * Decodes a request as a server does, down to the values of its attributes.
 *
 * @throws what a decoder must not throw
 */
export function decodeRequest(bytes: Uint8Array): Decoded {
  const parts: Part[] = [];
  const form = codeOf(() => checkForm(bytes));
  const edition = (bytes.at(-1) ?? 0) % 2 === 0 ? v1_0 : v1_1;
  const end = form ?? codeOf(() => decodeParts(bytes, edition, parts)) ?? "accepted";
  return { end, form, parts };
}

/** What `act` gives, without stacks in its errors: they would cost more than the decoding. */
export function withoutStacks<T>(act: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return act();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Encodes again what was accepted. Throws Error where the bytes are not the same. */
export function checkParts({ parts }: Decoded): void {
  for (const part of parts) same(part.what, part.bytes, part.encoded());
}

/**
 * Asks a second decoder, one that knows no declaration, about the form.
 *
 * @throws Error where the two are not of one mind, or its own items do not encode to the same bytes
 */
export function checkForms(bytes: Uint8Array, { form }: Decoded): void {
  if (bytes.length < 8) return;
  const tag = Buffer.from(bytes).readUIntBE(0, 3);
  const code = codeOf(() =>
    same("items", bytes, encode(tag, anyItem, decode(tag, anyItem, bytes))),
  );
  const isForm = code !== undefined && formCodes.has(code as TtlvErrorCode);
  const agrees = form === undefined ? !isForm : code !== undefined;
  if (!agrees) throw new Error(`checkForm says ${form}, decoding ${code}`);
}

function decodeParts(bytes: Uint8Array, edition: Edition, parts: Part[]): void {
  const request = decode(tags.RequestMessage, requestMessage, bytes, { edition });
  const encoded = () => encode(tags.RequestMessage, requestMessage, request, { edition });
  parts.push({ what: "request", bytes, encoded });
  for (const item of request.batchItem) decodePayload(item, edition, parts);
}

function decodePayload(
  { operation, requestPayload }: RequestBatchItem,
  edition: Edition,
  parts: Part[],
): void {
  const declaration = typeof operation === "string" ? operations[operation] : undefined;
  if (declaration === undefined || !declaration.payloads) return;
  // Any declaration will do for the types: it is used with its own values alone.
  const type = declaration.request as typeof operations.Create.request;
  const value = decodeRaw(requestPayload, type, { edition, path: "requestPayload" });
  const encoded = () => encode(tags.RequestPayload, type, value, { edition });
  parts.push({ what: "payload", bytes: requestPayload.bytes, encoded });
  for (const structure of attributesIn(value)) decodeAttribute(structure, edition, parts);
}

function decodeAttribute(structure: AttributeStructure, edition: Edition, parts: Part[]): void {
  const row = attributeNamed(structure.attributeName);
  if (row === undefined || row.since > edition) return;
  const { value } = readAttribute(row, structure, { edition });
  const encoded = () => writeAttribute(row, { index: 0, value }, edition).attributeValue.bytes;
  parts.push({ what: row.name, bytes: structure.attributeValue.bytes, encoded });
}

interface MayHaveAttributes {
  readonly attribute?: AttributeStructure | readonly AttributeStructure[];
  readonly templateAttribute?: MayHaveAttributes;
  readonly template?: MayHaveAttributes;
}

function attributesIn(payload: MayHaveAttributes | undefined): readonly AttributeStructure[] {
  if (payload === undefined) return [];
  const { attribute = [], templateAttribute, template } = payload;
  return [...[attribute].flat(), ...attributesIn(templateAttribute), ...attributesIn(template)];
}

function codeOf(act: () => void): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof TtlvError) return error.code;
    if (error instanceof KmipError) return error.reason;
    throw error;
  }
}
