import type { KeyMaterial } from "../crypto/index.ts";
import type { ManagedObject, OfferedKeyFormat } from "../object/managed-object.ts";
import type { Material } from "../object/material.ts";

/** All that makes an instance of a key. */
export interface NewInstance
  extends Pick<ManagedObject, "id" | "owner" | "users" | "groups" | "attributes"> {
  readonly familyId: string;
  readonly keyFormat: OfferedKeyFormat;
  /** Stays the caller's, who wipes it. */
  readonly key: KeyMaterial;
}

/** An instance of a key that is not stored yet, sealed. */
export function newInstance({ key, ...rest }: NewInstance, material: Material): ManagedObject {
  return {
    ...rest,
    version: 0,
    objectType: "SymmetricKey",
    rolled: false,
    sealed: material.seal(key, rest),
    sealSeq: 0,
  };
}
