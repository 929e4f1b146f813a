import type { Sealed } from "../crypto/index.ts";
import type { AttributeSet } from "./attribute-set.ts";

/** The object types that this server keeps. AKM guide, chapter 2. */
export type OfferedObjectType = "SymmetricKey" | "Template";

/** The key formats in which material comes and goes. AKM guide, chapter 2. */
export type OfferedKeyFormat = "Raw" | "TransparentSymmetricKey";

/** A managed object as the server thinks of it: a value, changed by making another one. */
export interface ManagedObject {
  /** Unique Identifier. */
  readonly id: string;
  /** The version of the row that it was read from; 0 for an object that is not stored yet. */
  readonly version: number;
  readonly objectType: OfferedObjectType;
  /** The creator's Common Name. */
  readonly owner: string;
  /** Users and groups that the access check looks for; the creator's are the first. */
  readonly users: readonly string[];
  readonly groups: readonly string[];
  /** All attributes that are kept; State, Digest and the like are computed: see `visibleAttributes`. */
  readonly attributes: AttributeSet;
  /** The family of which a key is an instance; `null` for templates. */
  readonly familyId: string | null;
  /** Whether the instance was rolled once, for ever. */
  readonly rolled: boolean;
  /** The format in which the key was registered; `null` for templates. */
  readonly keyFormat: OfferedKeyFormat | null;
  /** The sealed key; `null` for templates. */
  readonly sealed: Sealed | null;
  readonly sealSeq: number;
}

/** The family of a key's instances: what belongs to the whole key. */
export interface KeyFamily {
  /** Identifier of the first instance, from which the automatic name is made. */
  readonly id: string;
  /** The version of the row that it was read from; 0 for a new one. */
  readonly version: number;
  /** y-Key Name. */
  readonly keyName: string;
  /** The Name Value at index 0 that the family claims for as long as it lives. */
  readonly claimedName: string;
  /** The newest instance; `null` once that was destroyed. */
  readonly current: string | null;
  /** Identifiers of the living instances, oldest first. */
  readonly instances: readonly string[];
  /** When the next automatic re-key is due, in seconds since 1970; `null` for never. */
  readonly dueAt: bigint | null;
}
