import {
  decode,
  encode,
  enumeration,
  integer,
  optional,
  required,
  structure,
  textString,
} from "@akm/ttlv";

const objectType = enumeration("ObjectType", { SymmetricKey: 2, SecretData: 7 });
const payload = structure({
  objectType: required(0x420057, objectType),
  uniqueIdentifier: required(0x420094, textString),
  leaseSeconds: optional(0x420049, integer, { since: 1 }), // a field of a later edition
});

const bytes = encode(0x42007c, payload, { objectType: "SymmetricKey", uniqueIdentifier: "k-1" });
export const { objectType: type, uniqueIdentifier: id } = decode(0x42007c, payload, bytes);
// type: "SymmetricKey" | "SecretData", id: string
