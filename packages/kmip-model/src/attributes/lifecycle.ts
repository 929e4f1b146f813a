import { dateTime } from "@akm/ttlv";
import { attribute } from "../attribute.ts";
import { untilReached, whilePreActive, whilePreActiveOrActive } from "../conditions.ts";
import { state } from "../enumerations/index.ts";
import type { ObjectType } from "../objects.ts";
import { byClient } from "../permission.ts";
import { revocationReason } from "../structures/index.ts";
import { allObjects, creating, cryptographicObjects } from "./families.ts";

// The dates of an object's life, and the state that follows from them. Dates are seconds since 1970.

const withTemplates: readonly ObjectType[] = [...cryptographicObjects, "Template"];
const symmetric: readonly ObjectType[] = ["SymmetricKey", "SplitKey", "Template"];
const revocable: readonly ObjectType[] = [...cryptographicObjects, "OpaqueObject"];

/** KMIP 1.1 §3.22. */
export const stateAttribute = attribute({
  name: "State",
  type: state,
  objectTypes: cryptographicObjects,
  setImplicitlyBy: [...creating, "Activate", "Revoke", "Destroy"],
  spec: "KMIP 1.1 §3.22",
  summary: "Where the key stands in its life; computed from its dates whenever it is asked for.",
});

/** KMIP 1.1 §3.23. */
export const initialDate = attribute({
  name: "Initial Date",
  type: dateTime,
  objectTypes: allObjects,
  template: "own",
  setImplicitlyBy: creating,
  spec: "KMIP 1.1 §3.23",
  summary: "When the object was made or registered.",
});

/** KMIP 1.1 §3.24. */
export const activationDate = attribute({
  name: "Activation Date",
  type: dateTime,
  objectTypes: withTemplates,
  template: "content",
  create: byClient(),
  add: byClient(whilePreActive),
  modify: byClient(whilePreActive),
  setImplicitlyBy: [...creating, "Activate"],
  spec: "KMIP 1.1 §3.24",
  summary: "When the key goes into service.",
});

/** KMIP 1.1 §3.25. */
export const processStartDate = attribute({
  name: "Process Start Date",
  type: dateTime,
  objectTypes: symmetric,
  template: "content",
  create: byClient(),
  add: byClient(untilReached),
  modify: byClient(untilReached),
  setImplicitlyBy: ["Create", "Register", "DeriveKey", "ReKey"],
  spec: "KMIP 1.1 §3.25",
  summary: "Earliest moment at which the key may decrypt, unwrap or verify.",
});

/** KMIP 1.1 §3.26. */
export const protectStopDate = attribute({
  name: "Protect Stop Date",
  type: dateTime,
  objectTypes: symmetric,
  template: "content",
  create: byClient(),
  add: byClient(untilReached),
  modify: byClient(untilReached),
  setImplicitlyBy: ["Create", "Register", "DeriveKey", "ReKey"],
  spec: "KMIP 1.1 §3.26",
  summary: "Latest moment at which the key may encrypt, wrap or sign.",
});

/** KMIP 1.1 §3.27. */
export const deactivationDate = attribute({
  name: "Deactivation Date",
  type: dateTime,
  objectTypes: withTemplates,
  template: "content",
  create: byClient(),
  add: byClient(whilePreActiveOrActive),
  modify: byClient(whilePreActiveOrActive),
  setImplicitlyBy: [...creating, "Revoke"],
  spec: "KMIP 1.1 §3.27",
  summary: "When the key goes out of service.",
});

/** KMIP 1.1 §3.29. */
export const compromiseOccurrenceDate = attribute({
  name: "Compromise Occurrence Date",
  type: dateTime,
  objectTypes: revocable,
  setImplicitlyBy: ["Revoke"],
  spec: "KMIP 1.1 §3.29",
  summary: "When the key is believed to have been compromised.",
});

/** KMIP 1.1 §3.30. */
export const compromiseDate = attribute({
  name: "Compromise Date",
  type: dateTime,
  objectTypes: revocable,
  setImplicitlyBy: ["Revoke"],
  spec: "KMIP 1.1 §3.30",
  summary: "When the server learned that the key is compromised.",
});

/** KMIP 1.1 §3.31. */
export const revocationReasonAttribute = attribute({
  name: "Revocation Reason",
  type: revocationReason,
  objectTypes: revocable,
  setImplicitlyBy: ["Revoke"],
  spec: "KMIP 1.1 §3.31",
  summary: "Why the key was revoked.",
});

/** KMIP 1.1 §3.38. */
export const lastChangeDate = attribute({
  name: "Last Change Date",
  type: dateTime,
  objectTypes: allObjects,
  template: "own",
  setImplicitlyBy: [
    ...creating,
    "Activate",
    "Revoke",
    "Destroy",
    "Archive",
    "Recover",
    "AddAttribute",
    "ModifyAttribute",
    "DeleteAttribute",
    "GetUsageAllocation",
  ],
  spec: "KMIP 1.1 §3.38",
  summary: "When the object or one of its attributes was last changed.",
});
