import { boolean, byteString, enumeration, integer, textString, type ValueOf } from "@akm/ttlv";
import { vendorAttribute } from "../attribute.ts";
import { byClient, byOwner } from "../permission.ts";
import { checkMetadata, metadata } from "./metadata.ts";

// The ten attributes of the vendor. AKM guide, chapter 2.

const policyOfTheOwner =
  "it is the key's policy, and whoever owns the key sets policy by Modify Attribute";

/** y-SQL Server Thumbprint. */
export const sqlServerThumbprint = vendorAttribute("y-SQL Server Thumbprint", {
  type: byteString,
  create: byClient(),
  add: byClient(),
  modify: byClient(),
  modifySets: true,
  setImplicitlyBy: ["ReKey"],
  check: ({ length }: Uint8Array) =>
    length < 1 || length > 32 ? `has ${length} bytes, not 1 to 32` : undefined,
  summary: "The thumbprint by which SQL Server identifies the key.",
  departsBecause: "the client that uses the key learns the thumbprint, not this server",
});

/** y-Key Name. */
export const keyName = vendorAttribute("y-Key Name", {
  type: textString,
  setImplicitlyBy: ["Create", "Register", "ReKey", "ModifyAttribute"],
  summary: "The name of the whole key, shared by all its instances.",
});

/** y-Instance. */
export const instance = vendorAttribute("y-Instance", {
  type: textString,
  setImplicitlyBy: ["Create", "Register", "ReKey"],
  summary: "The instance's own identifier, the same as its Unique Identifier.",
});

/** y-Current. */
export const current = vendorAttribute("y-Current", {
  type: boolean,
  setImplicitlyBy: ["Create", "Register", "ReKey"],
  summary: "Whether this is the newest instance of the key.",
});

/** y-Destroy Permitted. */
export const destroyPermitted = vendorAttribute("y-Destroy Permitted", {
  type: boolean,
  template: "content",
  create: byClient(),
  add: byClient(),
  modify: byClient(),
  modifySets: true,
  setImplicitlyBy: ["Create", "Register", "ReKey"],
  summary: "When false, Destroy fails.",
  departsBecause: policyOfTheOwner,
});

/** y-Mirrored. */
export const mirrored = vendorAttribute("y-Mirrored", {
  type: boolean,
  template: "content",
  create: byClient(),
  add: byClient(),
  modify: byClient(),
  modifySets: true,
  setImplicitlyBy: ["Create", "Register", "ReKey"],
  summary: "Whether the key is to be mirrored; a mark that the database's own replication acts on.",
  departsBecause: policyOfTheOwner,
});

const daysMax = 36_500;

/** y-Auto Re-key Interval In Days. */
export const autoReKeyIntervalInDays = vendorAttribute("y-Auto Re-key Interval In Days", {
  type: integer,
  template: "content",
  create: byClient(),
  add: byClient(),
  modify: byClient(),
  modifySets: true,
  setImplicitlyBy: ["Create", "Register", "ReKey"],
  check: (days: number) =>
    days < 0 || days > daysMax ? `${days} is not within 0 to ${daysMax}` : undefined,
  summary: "After how many days the server rolls the key by itself; 0 for never.",
  departsBecause: policyOfTheOwner,
});

/** y-Re-key Permitted. */
export const reKeyPermitted = vendorAttribute("y-Re-key Permitted", {
  type: boolean,
  template: "content",
  create: byClient(),
  add: byClient(),
  modify: byClient(),
  modifySets: true,
  setImplicitlyBy: ["Create", "Register", "ReKey"],
  summary: "When false, Re-key fails.",
  departsBecause: policyOfTheOwner,
});

/** Who may use a key. AKM guide, chapter 2: Get Key Access Flag. */
export const accessCheck = enumeration("AccessCheck", {
  Anyone: 1,
  ListedUsers: 2,
  ListedGroups: 3,
  ListedUserAndGroup: 4,
  ListedUserOrGroup: 5,
});

/** The name of an access check. */
export type AccessCheck = ValueOf<typeof accessCheck>;

/** y-Access Check. */
export const accessCheckAttribute = vendorAttribute("y-Access Check", {
  type: accessCheck,
  template: "content",
  create: byClient(),
  add: byOwner(),
  modify: byOwner(),
  modifySets: true,
  setImplicitlyBy: ["Create", "Register", "ReKey"],
  summary: "Who may use the key: everybody, or the users and groups that are listed for it.",
  departsBecause: policyOfTheOwner,
});

/** y-Metadata. */
export const metadataAttribute = vendorAttribute("y-Metadata", {
  type: metadata,
  create: byClient(),
  add: byClient(),
  modify: byClient(),
  modifySets: true,
  setImplicitlyBy: ["ReKey"],
  check: checkMetadata,
  summary: "Up to sixteen text fields; Modify Attribute replaces those that it names.",
  departsBecause: "the guide lets clients modify these fields, but not delete them (note 6)",
});
