import { operationWithoutPayloads } from "../operation.ts";
import { v1_1 } from "../version.ts";

// Operations of KMIP 1.1 that this server refuses. AKM guide, chapter 2.

/** KMIP 1.1 §4.2. */
export const CreateKeyPair = operationWithoutPayloads({
  name: "CreateKeyPair",
  code: 0x02,
  spec: "KMIP 1.1 §4.2",
  summary: "Makes a key pair.",
});

/** KMIP 1.1 §4.6. */
export const DeriveKey = operationWithoutPayloads({
  name: "DeriveKey",
  code: 0x05,
  spec: "KMIP 1.1 §4.6",
  summary: "Derives a key from another.",
});

/** KMIP 1.1 §4.7. */
export const Certify = operationWithoutPayloads({
  name: "Certify",
  code: 0x06,
  spec: "KMIP 1.1 §4.7",
  summary: "Has a certificate made for a public key.",
});

/** KMIP 1.1 §4.8. */
export const ReCertify = operationWithoutPayloads({
  name: "ReCertify",
  code: 0x07,
  spec: "KMIP 1.1 §4.8",
  summary: "Renews a certificate.",
});

/** KMIP 1.1 §4.17. */
export const ObtainLease = operationWithoutPayloads({
  name: "ObtainLease",
  code: 0x10,
  spec: "KMIP 1.1 §4.17",
  summary: "Obtains a lease on a key.",
});

/** KMIP 1.1 §4.18. */
export const GetUsageAllocation = operationWithoutPayloads({
  name: "GetUsageAllocation",
  code: 0x11,
  spec: "KMIP 1.1 §4.18",
  summary: "Obtains a share of a key's usage limit.",
});

/** KMIP 1.1 §4.22. */
export const Archive = operationWithoutPayloads({
  name: "Archive",
  code: 0x15,
  spec: "KMIP 1.1 §4.22",
  summary: "Moves an object to the archive.",
});

/** KMIP 1.1 §4.23. */
export const Recover = operationWithoutPayloads({
  name: "Recover",
  code: 0x16,
  spec: "KMIP 1.1 §4.23",
  summary: "Brings an object back from the archive.",
});

/** KMIP 1.1 §4.24. */
export const Validate = operationWithoutPayloads({
  name: "Validate",
  code: 0x17,
  spec: "KMIP 1.1 §4.24",
  summary: "Validates a chain of certificates.",
});

/** KMIP 1.1 §4.27. */
export const Cancel = operationWithoutPayloads({
  name: "Cancel",
  code: 0x19,
  spec: "KMIP 1.1 §4.27",
  summary: "Cancels an asynchronous operation.",
});

/** KMIP 1.1 §4.28. */
export const Poll = operationWithoutPayloads({
  name: "Poll",
  code: 0x1a,
  spec: "KMIP 1.1 §4.28",
  summary: "Asks for the outcome of an asynchronous operation.",
});

/** KMIP 1.1 §5.1. */
export const Notify = operationWithoutPayloads({
  name: "Notify",
  code: 0x1b,
  spec: "KMIP 1.1 §5.1",
  summary: "Tells a client of changed attributes; sent by servers.",
});

/** KMIP 1.1 §5.2. */
export const Put = operationWithoutPayloads({
  name: "Put",
  code: 0x1c,
  spec: "KMIP 1.1 §5.2",
  summary: "Hands a client an object; sent by servers.",
});

/** KMIP 1.1 §4.5. */
export const ReKeyKeyPair = operationWithoutPayloads({
  name: "ReKeyKeyPair",
  code: 0x1d,
  since: v1_1,
  spec: "KMIP 1.1 §4.5",
  summary: "Makes the next instance of a key pair.",
});
