import { tags } from "@akm/kmip-model";
import { anyItem, encode, type Item } from "@akm/ttlv";
import { enumerated, flag, int, item, struct, text } from "../support/wire.ts";
import { createPayload } from "./requests.ts";

// Messages with one thing wrong in the header or in the batch as a whole.

const batch = [1, 2].map((id) => item("Create", createPayload(), Buffer.from([id])));

/** A message whose header and items are as they are given. */
export function request(header: readonly Item[], items: readonly Item[] = batch): Uint8Array {
  const whole = struct("RequestMessage", struct("RequestHeader", ...header), ...items);
  return encode(tags.RequestMessage, anyItem, whole);
}

const version = (major: number, minor: number): Item =>
  struct("ProtocolVersion", int("ProtocolVersionMajor", major), int("ProtocolVersionMinor", minor));
const v1_1 = version(1, 1);
const count = int("BatchCount", 2);
const credential = struct(
  "Authentication",
  struct(
    "Credential",
    enumerated("CredentialType", 1),
    struct("CredentialValue", text("Username", "alice"), text("Password", "hunter2")),
  ),
);

/** What is wrong, the message, and the reason and text of its refusal. */
export type BadMessage = readonly [what: string, message: Uint8Array, reason: string, text: RegExp];

/** A message for each rule that refuses it as a whole. */
export const badMessages: readonly BadMessage[] = [
  [
    "a Credential",
    request([v1_1, credential, count]),
    "AuthenticationNotSuccessful",
    /remove user name and password/,
  ],
  [
    "version 2.0",
    request([version(2, 0), count]),
    "InvalidMessage",
    /protocol version 2\.0 is not served/,
  ],
  [
    "version 1.10",
    request([version(1, 10), count]),
    "InvalidMessage",
    /protocol version 1\.10 is not served/,
  ],
  [
    "the option Continue",
    request([v1_1, enumerated("BatchErrorContinuationOption", 1), count]),
    "FeatureNotSupported",
    /Batch Error Continuation Option Continue/,
  ],
  [
    "the option Undo",
    request([v1_1, enumerated("BatchErrorContinuationOption", 3), count]),
    "FeatureNotSupported",
    /Batch Error Continuation Option Undo/,
  ],
  [
    "an option that nobody knows",
    request([v1_1, enumerated("BatchErrorContinuationOption", 9), count]),
    "InvalidField",
    /batchErrorContinuationOption.*9/,
  ],
  [
    "a Batch Count of more than its items",
    request([v1_1, int("BatchCount", 3)]),
    "InvalidMessage",
    /Batch Count is 3, the message has 2/,
  ],
  [
    "a Batch Count of fewer than its items",
    request([v1_1, int("BatchCount", 1)]),
    "InvalidMessage",
    /Batch Count is 1, the message has 2/,
  ],
  [
    "a negative Batch Count",
    request([v1_1, int("BatchCount", -1)]),
    "InvalidMessage",
    /Batch Count is -1/,
  ],
  ["no items", request([v1_1, int("BatchCount", 0)], []), "InvalidMessage", /no batch item/],
  [
    "an item without an id in a batch of two",
    request([v1_1, count], [batch[0] as Item, item("Create", createPayload())]),
    "InvalidMessage",
    /no Unique Batch Item ID/,
  ],
  [
    "an id twice",
    request([v1_1, count], [batch[0] as Item, batch[0] as Item]),
    "InvalidMessage",
    /Unique Batch Item ID 01 stands twice/,
  ],
  [
    "a field that nobody knows in the header",
    request([v1_1, int(0x42ffff, 1), count]),
    "InvalidField",
    /requestHeader.*0x42FFFF/,
  ],
  [
    "a field twice in the header",
    request([v1_1, flag("BatchOrderOption", true), flag("BatchOrderOption", true), count]),
    "InvalidMessage",
    /requestHeader\.batchOrderOption/,
  ],
  [
    "fields in the wrong order in the header",
    request([v1_1, flag("BatchOrderOption", true), int("MaximumResponseSize", 9999), count]),
    "InvalidMessage",
    /requestHeader\.maximumResponseSize/,
  ],
  [
    "a field of the wrong type in the header",
    request([v1_1, enumerated("MaximumResponseSize", 9999), count]),
    "InvalidMessage",
    /requestHeader\.maximumResponseSize.*Enumeration, wanted Integer/,
  ],
  ["no Batch Count", request([v1_1]), "InvalidMessage", /requestHeader.*batchCount/],
  [
    "a Boolean of 2 in the header",
    withByte(request([v1_1, flag("BatchOrderOption", true), count]), tags.BatchOrderOption, 15, 2),
    "InvalidMessage",
    /requestHeader\.batchOrderOption/,
  ],
  [
    "padding that is not zero in the header",
    withByte(request([v1_1, count]), tags.BatchCount, 15, 1),
    "InvalidMessage",
    /requestHeader\.batchCount.*padding/,
  ],
  [
    "an answer that may have 16 bytes",
    request([v1_1, int("MaximumResponseSize", 16), count]),
    "ResponseTooLarge",
    /Maximum Response Size/,
  ],
];

/** Messages that cannot be relied on: the connection ends behind their answer. */
export const brokenMessages: readonly BadMessage[] = [
  [
    "no header",
    encode(tags.RequestMessage, anyItem, struct("RequestMessage", ...batch)),
    "InvalidMessage",
    /requestHeader/,
  ],
  ["no protocol version", request([count]), "InvalidMessage", /no protocol version/],
  [
    "a version that is no structure",
    request([int("ProtocolVersion", 1), count]),
    "InvalidMessage",
    /ProtocolVersion|0x420069/,
  ],
  [
    "a type that there is not",
    withByte(request([v1_1, count]), tags.BatchCount, 3, 11),
    "InvalidMessage",
    /0x42000D has type 11/,
  ],
  [
    "an Integer of 8 bytes",
    withByte(request([v1_1, count]), tags.BatchCount, 7, 8),
    "InvalidMessage",
    /0x42000D has length 8, Integer wants 4/,
  ],
  [
    "a length that runs out of its structure",
    withByte(request([v1_1, count]), tags.ProtocolVersionMinor, 4, 0x7f),
    "InvalidMessage",
    /0x42006B has length/,
  ],
  [
    "a structure whose length is odd",
    withByte(request([v1_1, count]), tags.TemplateAttribute, 7, 1),
    "InvalidMessage",
    /0x420091 has length/,
  ],
  [
    "the front of an answer",
    withByte(request([v1_1, count]), tags.RequestMessage, 2, 0x7b),
    "InvalidMessage",
    /no tag 0x420078/,
  ],
  [
    "a length beyond all limits, at its header",
    Buffer.from("42007801fffffff8", "hex"),
    "InvalidMessage",
    /4294967296 bytes, at most 1048576 are read/,
  ],
  ["HTTP", Buffer.from("GET / HTTP/1.1\r\n\r\n"), "InvalidMessage", /no tag 0x420078/],
];

/** The message with another byte, counted from the first item with this tag. */
export function withByte(whole: Uint8Array, tag: number, at: number, byte: number): Uint8Array {
  const changed = Buffer.from(whole);
  const front = Buffer.from(tag.toString(16), "hex");
  changed[changed.indexOf(front) + at] = byte;
  return changed;
}
