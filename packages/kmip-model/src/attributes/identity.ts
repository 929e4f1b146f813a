import { textString } from "@akm/ttlv";
import { attribute } from "../attribute.ts";
import { exceptAtIndex0 } from "../conditions.ts";
import { objectType } from "../enumerations/index.ts";
import { byClient } from "../permission.ts";
import {
  applicationSpecificInformation,
  link,
  type Name,
  name as nameStructure,
} from "../structures/index.ts";
import { allObjects, creating, cryptographicObjects } from "./families.ts";

// What an object is called, what it is, and to what it belongs.

/** KMIP 1.1 §3.1. */
export const uniqueIdentifier = attribute({
  name: "Unique Identifier",
  type: textString,
  objectTypes: allObjects,
  template: "own",
  setImplicitlyBy: creating,
  spec: "KMIP 1.1 §3.1",
  summary: "The identifier that the server gives an object, for ever.",
});

/** KMIP 1.1 §3.2. */
export const name = attribute({
  name: "Name",
  type: nameStructure,
  many: true,
  objectTypes: allObjects,
  template: "own",
  create: byClient(),
  add: byClient(),
  modify: byClient(),
  remove: byClient(exceptAtIndex0),
  setImplicitlyBy: ["Create", "Register", "ReKey", "ReKeyKeyPair", "ReCertify"],
  check: ({ nameValue }: Name) => (nameValue.includes("\0") ? "holds a NUL" : undefined),
  spec: "KMIP 1.1 §3.2; AKM guide, chapter 5",
  summary: "A name that no other living object has; the one at index 0 names the key.",
  departsBecause:
    "every key has a name: the server makes one up where the client gives none (guide, chapter 5), and the first one cannot be deleted (note 4)",
});

/** KMIP 1.1 §3.3. */
export const objectTypeAttribute = attribute({
  name: "Object Type",
  type: objectType,
  objectTypes: allObjects,
  template: "own",
  setImplicitlyBy: creating,
  spec: "KMIP 1.1 §3.3",
  summary: "What kind of object it is.",
});

/** KMIP 1.1 §3.18. */
export const operationPolicyName = attribute({
  name: "Operation Policy Name",
  type: textString,
  objectTypes: allObjects,
  template: "content",
  create: byClient(),
  add: byClient(),
  setImplicitlyBy: ["ReKey"],
  spec: "KMIP 1.1 §3.18",
  summary: "The policy that governs the object; this server knows `default`.",
  departsBecause:
    "one storage product adds it to a key that it has just made, so the server sets none",
});

/** KMIP 1.1 §3.33. */
export const objectGroup = attribute({
  name: "Object Group",
  type: textString,
  many: true,
  objectTypes: allObjects,
  template: "content",
  create: byClient(),
  add: byClient(),
  modify: byClient(),
  remove: byClient(),
  setImplicitlyBy: creating,
  spec: "KMIP 1.1 §3.33",
  summary: "A group that the object belongs to.",
});

/** KMIP 1.1 §3.35. */
export const linkAttribute = attribute({
  name: "Link",
  type: link,
  many: true,
  objectTypes: cryptographicObjects,
  create: byClient(),
  add: byClient(),
  modify: byClient(),
  remove: byClient(),
  setImplicitlyBy: ["CreateKeyPair", "DeriveKey", "Certify", "ReCertify", "ReKey", "ReKeyKeyPair"],
  spec: "KMIP 1.1 §3.35",
  summary: "A relation to another object, e.g. to the key that replaced this one.",
});

/** KMIP 1.1 §3.36. */
export const applicationSpecificInformationAttribute = attribute({
  name: "Application Specific Information",
  type: applicationSpecificInformation,
  many: true,
  objectTypes: allObjects,
  template: "content",
  create: byClient(),
  add: byClient(),
  modify: byClient(),
  remove: byClient(),
  setImplicitlyBy: ["ReKey", "ReKeyKeyPair", "ReCertify"],
  spec: "KMIP 1.1 §3.36",
  summary: "Data of the application that uses the object.",
});

/** KMIP 1.1 §3.37. */
export const contactInformation = attribute({
  name: "Contact Information",
  type: textString,
  objectTypes: allObjects,
  template: "content",
  create: byClient(),
  add: byClient(),
  modify: byClient(),
  remove: byClient(),
  setImplicitlyBy: creating,
  spec: "KMIP 1.1 §3.37",
  summary: "Whom to ask about the object.",
});
