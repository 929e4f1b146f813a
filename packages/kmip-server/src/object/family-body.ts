import {
  decode,
  encode,
  longInteger,
  optional,
  repeated,
  required,
  structure,
  textString,
} from "@akm/ttlv";
import type { KeyFamily } from "./managed-object.ts";

// The canonical encoding of a family's body: TTLV under tags of akm's own, which never leave the server.

const bodyTag = 0x54ac00;

const bodySchema = structure({
  keyName: required(0x54ac01, textString),
  claimedName: required(0x54ac02, textString),
  current: optional(0x54ac03, textString),
  instances: repeated(0x54ac04, textString),
  dueAt: optional(0x54ac05, longInteger),
});

/** What of a family stands in its body. */
export type FamilyBody = Omit<KeyFamily, "id" | "version">;

/** The body's bytes: the same family gives the same bytes. */
export function writeFamilyBody({
  keyName,
  claimedName,
  current,
  instances,
  dueAt,
}: FamilyBody): Uint8Array {
  return encode(bodyTag, bodySchema, {
    keyName,
    claimedName,
    ...(current === null ? {} : { current }),
    instances,
    ...(dueAt === null ? {} : { dueAt }),
  });
}

/** The family's part that a body holds. Throws where the bytes are not a body of this server. */
export function readFamilyBody(bytes: Uint8Array): FamilyBody {
  const { current, dueAt, ...rest } = decode(bodyTag, bodySchema, bytes);
  return { ...rest, current: current ?? null, dueAt: dueAt ?? null };
}
