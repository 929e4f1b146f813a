import { type AccessCheck, enumerations, accessCheck as names } from "@akm/kmip-model";
import type { ValueType } from "./value.ts";

/** An algorithm, by the name that KMIP's own XML encoding gives it. */
export const algorithm: ValueType<string> = {
  form: "an algorithm's KMIP name, such as AES, DES3 or HMACSHA256",
  read: (text) =>
    [...enumerations.cryptographicAlgorithm.rows.keys()].find((name) => name === text),
  write: (value) => value,
};

/** An access check, by its number. AKM guide, chapter 2. */
export const accessCheck: ValueType<AccessCheck> = {
  form: "a number from 1 to 5",
  read: (text) => (/^\d$/.test(text) ? names.nameOf(Number(text)) : undefined),
  write: (value) => String(names.codeOf(value)),
};
