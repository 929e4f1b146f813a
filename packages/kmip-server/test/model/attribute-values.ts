import fc from "fast-check";
import type { Given, Mark, Wanted } from "./requests.ts";

// Attributes out of small pools, so that names, groups and values meet each other.

const mark = <T>(value: Mark) => value as unknown as T;

const identifierAmong = (among: "living" | "all" | "none", max: number) =>
  fc.nat({ max }).map((of) => mark<string>({ mark: "id", of, among }));

/** An identifier, most often of one of the newest objects; sometimes of a destroyed one, or of none. */
export const identifier = fc.oneof(
  { weight: 30, arbitrary: identifierAmong("living", 3) },
  { weight: 6, arbitrary: identifierAmong("living", 20) },
  { weight: 2, arbitrary: identifierAmong("all", 20) },
  { weight: 1, arbitrary: identifierAmong("none", 0) },
);

/** A date around now. */
export const date = fc
  .constantFrom(0, -1, 1, -86_400, 3600, 86_400, 172_800)
  .map((seconds) => mark<bigint>({ mark: "date", seconds }));

/** A name's text: a few that collide, some that AKM does not allow, those that the server makes. */
export const nameText = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom("a", "b", "c") },
  { weight: 2, arbitrary: fc.constantFrom("x/y", " blank", "tab\t", "n".repeat(41), "", "\0") },
  {
    weight: 2,
    arbitrary: fc.nat({ max: 3 }).map((of) => mark<string>({ mark: "automatic name", of })),
  },
);

const name = fc.record({
  nameValue: nameText,
  nameType: fc.constantFrom("UninterpretedTextString", "URI"),
});

const custom = fc.constantFrom(
  { tag: 0x42000b, type: "TextString", value: "one" },
  { tag: 0x42000b, type: "TextString", value: "two" },
  { tag: 0x42000b, type: "Integer", value: 1 },
  { tag: 0x42000b, type: "Boolean", value: true },
  { tag: 0x42000b, type: "Structure", value: [{ tag: 0x540005, type: "Integer", value: 7 }] },
  {
    tag: 0x42000b,
    type: "Structure",
    value: [{ tag: 0x540005, type: "Structure", value: [] }],
  },
);

const applicationData = fc.record(
  {
    applicationNamespace: fc.constantFrom("tape", "disk"),
    applicationData: fc.constantFrom("1", "2"),
  },
  { requiredKeys: ["applicationNamespace", "applicationData"] },
);

const usageMasks = [
  ["Encrypt", "Decrypt"],
  ["Encrypt"],
  ["Sign", "Verify", "WrapKey", "UnwrapKey", "Export"],
  [],
];

/** Usage masks. */
export const usageMask = fc.constantFrom(...usageMasks);

const of = (attribute: string, value: fc.Arbitrary<unknown>, weight = 1) => ({
  weight,
  arbitrary: value.map((one): Given => ({ name: attribute, value: one })),
});

/** What clients may set, one day or another. */
const settable = [
  of("Name", name, 5),
  of("Object Group", fc.constantFrom("g", "h"), 5),
  of("x-a", custom, 5),
  of("x-b", custom, 1),
  of("Contact Information", fc.constantFrom("me", "you"), 3),
  of("Application Specific Information", applicationData, 2),
  of("Application Specific Information", fc.constant({ applicationNamespace: "tape" })),
  of(
    "Cryptographic Parameters",
    fc.constantFrom({ blockCipherMode: "CBC" }, { blockCipherMode: "GCM", keyRoleType: "KEK" }),
    2,
  ),
  of("Operation Policy Name", fc.constantFrom("default", "default", "other")),
  of("Activation Date", date, 5),
  of("Process Start Date", date, 2),
  of("Protect Stop Date", date, 2),
  of("Deactivation Date", date, 3),
  of(
    "y-SQL Server Thumbprint",
    fc.constantFrom(Uint8Array.of(1), Uint8Array.of(2), new Uint8Array(33)),
  ),
  of("y-Destroy Permitted", fc.boolean()),
  of("y-Mirrored", fc.boolean()),
  of("y-Auto Re-key Interval In Days", fc.constantFrom(0, 1, 1, 2, 36_501), 3),
  of("y-Re-key Permitted", fc.boolean(), 2),
  of(
    "y-Access Check",
    fc.constantFrom(
      "Anyone",
      "ListedUsers",
      "ListedGroups",
      "ListedUserAndGroup",
      "ListedUserOrGroup",
    ),
    3,
  ),
  of("y-Metadata", fc.constantFrom({ field1: "m" }, { field2: "n", field16: "o" }, { field1: "" })),
];

const link = of(
  "Link",
  fc.record({
    linkType: fc.constantFrom("DerivedKeyLink", "CertificateLink", "ReplacementObjectLink"),
    linkedObjectIdentifier: fc.constantFrom("one", "two"),
  }),
);

/** What no client may set, and what does not exist. */
const unsettable = [
  of("State", fc.constant("Active")),
  of("Unique Identifier", fc.constant("mine")),
  of("Initial Date", date),
  of("Last Change Date", date),
  of("Compromise Date", date),
  of("y-Key Name", fc.constant("mine")),
  of("y-Current", fc.constant(true)),
  of("y-Instance", fc.constant("mine")),
  of("Lease Time", fc.constant(60)),
  of("y-unheard", fc.constant({ tag: 0x42000b, type: "Integer", value: 1 })),
  of("z-strange", fc.constant({ tag: 0x42000b, type: "Integer", value: 1 })),
];

const cryptographic = [
  of("Cryptographic Algorithm", fc.constantFrom("AES", "DES3", "RSA")),
  of("Cryptographic Length", fc.constantFrom(128, 168, 7)),
  of("Cryptographic Usage Mask", usageMask),
];

const index = fc.option(
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(0, 1) },
    { weight: 1, arbitrary: fc.constantFrom(2, 3, -1) },
  ),
  { nil: undefined, freq: 2 },
);

/** An attribute for Add or Modify Attribute. */
export const changing: fc.Arbitrary<Given> = fc
  .tuple(fc.oneof(...settable, link, ...unsettable, ...cryptographic), index)
  .map(([given, at]) => (at === undefined ? given : { ...given, index: at }));

/** An attribute for a template to hand on, or its name. */
export const content: fc.Arbitrary<Given> = fc.oneof(
  { weight: 40, arbitrary: fc.oneof(...settable, ...cryptographic) },
  { weight: 1, arbitrary: fc.oneof(link, ...unsettable) },
);

/** Further attributes of a new key; rarely one that it cannot have, or an index. */
const further: fc.Arbitrary<Given> = fc.oneof(
  { weight: 60, arbitrary: fc.oneof(...settable, link) },
  { weight: 1, arbitrary: fc.oneof(...unsettable) },
  {
    weight: 1,
    arbitrary: fc.oneof(...settable).map((given) => ({ ...given, index: 1 })),
  },
);

const templates = fc.oneof(
  { weight: 5, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 2 }) },
);

const extra = fc.array(further, { maxLength: 4 });

/** Most often what makes a key; sometimes what is needed is missing or wrong. */
export const wantedKey: fc.Arbitrary<Wanted> = fc.record({
  templates,
  attributes: fc
    .tuple(
      fc.oneof(
        { weight: 20, arbitrary: fc.constantFrom("AES", "AES", "DES3", "HMACSHA256", "Blowfish") },
        { weight: 1, arbitrary: fc.constantFrom("RSA", undefined) },
      ),
      fc.oneof(
        { weight: 3, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.constantFrom(128, 256, 168, 192, 7) },
      ),
      fc.option(usageMask, { nil: undefined, freq: 15 }),
      extra,
    )
    .map(([algorithm, length, mask, more]) => [
      ...(algorithm === undefined ? [] : [{ name: "Cryptographic Algorithm", value: algorithm }]),
      ...(length === undefined ? [] : [{ name: "Cryptographic Length", value: length }]),
      ...(mask === undefined ? [] : [{ name: "Cryptographic Usage Mask", value: mask }]),
      ...more,
    ]),
});

/** What a replacement or a registered key or template is asked to have beside. */
export const wantedBeside: fc.Arbitrary<Wanted> = fc.record({ templates, attributes: extra });

/** A filter for Locate. */
export const filter: fc.Arbitrary<Given> = fc.oneof(
  of(
    "Name",
    nameText.map((nameValue) => ({ nameValue })),
    4,
  ),
  of("Name", name, 2),
  of("Object Type", fc.constantFrom("SymmetricKey", "Template"), 3),
  of("State", fc.constantFrom("PreActive", "Active", "Deactivated", "Compromised"), 3),
  of("Initial Date", date, 2),
  of("Unique Identifier", identifier, 1),
  of("y-Key Name", nameText, 2),
  of("y-Current", fc.boolean(), 2),
  of("Link", fc.constant({ linkType: "ReplacedObjectLink" })),
  of("Application Specific Information", fc.constant({ applicationNamespace: "tape" })),
  of("Lease Time", fc.constant(60)),
  of("y-unheard", fc.constant({ tag: 0x42000b, type: "Integer", value: 1 })),
  of("Cryptographic Usage Mask", usageMask, 2),
  of("Revocation Reason", fc.constant({ revocationReasonCode: "Superseded" })),
  { weight: 6, arbitrary: fc.oneof(...settable) },
);

/** The name of some attribute. */
export const attributeName: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.oneof(...settable, link).map((given) => given.name) },
  { weight: 1, arbitrary: fc.oneof(...unsettable, ...cryptographic).map((given) => given.name) },
  { weight: 1, arbitrary: fc.constantFrom("Digest", "Object Type", "Revocation Reason", "x-c") },
);

/** The name of an attribute that has instances which come and go. */
export const removableName: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "Object Group",
      "Object Group",
      "x-a",
      "Name",
      "Contact Information",
    ),
  },
  { weight: 1, arbitrary: attributeName },
);

/** An index, most often none. */
export const someIndex = index;
