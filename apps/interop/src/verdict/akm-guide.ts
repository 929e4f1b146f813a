import { versions } from "../play/case.ts";
import { nothing } from "../play/difference.ts";
import type { Applicability, Deviation, Profile } from "./applicability.ts";

/** The published cases whose numbers these are, and own ones by name, of both versions unless one is named, with what they are. */
type Row = readonly [cases: string, what: Applicability];

const credentials = "guide, note 1: a message with an Authentication object is rejected as a whole";
const objects =
  "guide, chapter 2: other cryptographic objects and Certificate objects are not supported";
const operations = "guide, chapter 2: these operations are not supported";
const attributes = "guide, chapter 2: these KMIP 1.1 attributes are not supported";
const wrapping = "guide, chapter 2: Key Wrapping Data is not supported";
const groups =
  "guide, chapter 2: Fresh is not among the supported attributes, so that there are no group members";

const otherOperations = [
  "CreateKeyPair",
  "ObtainLease",
  "GetUsageAllocation",
  "Archive",
  "Recover",
];

const registersOther = refused("0", "InvalidField", objects);
const pairs = refused("0", "OperationNotSupported", operations);
const carriesCredential = refused("0", "AuthenticationNotSuccessful", credentials);

/** What the cases are to a server of the AKM guide. */
export const akmGuide: Profile = Object.fromEntries(
  rows().flatMap(([cases, what]) =>
    cases.split(" ").flatMap((name) => namesOf(name).map((each) => [each, what])),
  ),
);

function rows(): readonly Row[] {
  return [
    ["32", synchronous()],
    ["51", refused("2", "PermissionDenied", attributes)],
    ["81 133-11", pairs],
    ["82 131 132 134 182-11 315 ECC-1 ECC-2 ECC-2-10-UNENC ECC-3", registersOther],
    ["92-10", pastDates()],
    ["95", refused("2", "OperationNotSupported", operations)],
    ["101", refused("3", "OperationNotSupported", operations)],
    ["111 112-11", carriesCredential],
    ["121-10", shorterQuery(["Certificate", "PublicKey", "PrivateKey"], [])],
    [
      "121-11",
      shorterQuery(["Certificate", "PublicKey", "PrivateKey", "SecretData"], ["ServerInformation"]),
    ],
    ["122-11", otherExtensions()],
    ["141-11 142-11", refused("2", "FeatureNotSupported", wrapping)],
    ["151-11", refused("0", "InvalidField", groups)],
    ["152-11", refused("0", "InvalidField", objects)],
    ["153-11", refused("1", "InvalidField", groups)],
    ["171-11", keepsFirstName()],
    ["314-10", withoutAttributes("3", ["Lease Time"])],
    ["314-11", withoutAttributes("3", ["Lease Time", "Fresh"])],
    ["41-10", withoutAttributes("8", ["Lease Time"])],
    ["41-11", withoutAttributes("8", ["Lease Time", "Fresh"])],
    ["objects/certificate objects/public-key objects/private-key", registersOther],
    ["objects/split-key objects/secret-data objects/opaque-object", registersOther],
    ["NP-1 NP-2", refused("1", "OperationNotSupported", operations)],
  ];
}

function namesOf(name: string): readonly string[] {
  if (name.startsWith("objects/")) return versions.map((version) => `${name}@${version}`);
  return /-1[01](?:-|$)/.test(name) ? [`TC-${name}`] : [`TC-${name}-10`, `TC-${name}-11`];
}

function refused(step: string, reason: string, because: string): Applicability {
  return { class: "refused", step, reason, because };
}

function lacks(step: string, path: string): Deviation {
  return { step, path, answer: nothing };
}

function withoutAttributes(step: string, names: readonly string[]): Applicability {
  const deviations = names.map((name) =>
    lacks(step, `BatchItem/ResponsePayload/AttributeName[${name}]`),
  );
  return { class: "deviates", deviations, because: attributes };
}

/** The Asynchronous Indicator is accepted, and the answer comes at once, so that there is nothing to poll. */
function synchronous(): Applicability {
  return {
    class: "deviates",
    until: "1",
    deviations: [
      { step: "1", path: "BatchItem/ResultStatus", answer: "Success" },
      lacks("1", "BatchItem/AsynchronousCorrelationValue"),
      { step: "1", path: "BatchItem/ResponsePayload", answer: "{ UniqueIdentifier …" },
    ],
    because:
      "guide, chapter 2: Poll and Cancel are not supported, so that every answer is synchronous",
  };
}

/** The case sets dates of 2009 and 2010, and wants the key Active. */
function pastDates(): Applicability {
  const path = "BatchItem/ResponsePayload/Attribute/AttributeValue";
  return {
    class: "deviates",
    deviations: [{ step: "2", path, answer: "Deactivated" }],
    because: "KMIP 1.1 §3.22: the Deactivation Date that the case sets, in 2010, has passed by now",
  };
}

function shorterQuery(otherObjects: readonly string[], fields: readonly string[]): Applicability {
  const payload = "BatchItem/ResponsePayload";
  return {
    class: "deviates",
    deviations: [
      ...otherOperations.map((name) => lacks("1", `${payload}/Operation[${name}]`)),
      ...otherObjects.map((name) => lacks("1", `${payload}/ObjectType[${name}]`)),
      ...fields.map((name) => lacks("1", `${payload}/${name}`)),
    ],
    because: "guide, chapter 2: Query names the operations and objects that are supported",
  };
}

function otherExtensions(): Applicability {
  const steps = ["0", "1"];
  const names = ["ACME LOCATION", "ACME ZIP CODE"];
  return {
    class: "deviates",
    deviations: steps.flatMap((step) =>
      names.map((name) => lacks(step, `BatchItem/ResponsePayload/ExtensionInformation[${name}]`)),
    ),
    because:
      "the case has another vendor's extensions; guide, chapter 2: this vendor's is y-Metadata",
  };
}

function keepsFirstName(): Applicability {
  return {
    class: "deviates",
    deviations: [
      { step: "4", path: "BatchItem/ResultStatus", answer: "OperationFailed" },
      lacks("4", "BatchItem/ResponsePayload"),
      { step: "4", path: "BatchItem/ResultReason", answer: "PermissionDenied" },
    ],
    because: "guide, note 4: the Name attribute at index 0 cannot be deleted",
  };
}
