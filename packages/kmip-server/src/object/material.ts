import { attributes, type Digest, enumerations } from "@akm/kmip-model";
import {
  digest,
  type KeyMaterial,
  type Keyring,
  open,
  type Randomness,
  type Sealed,
  type SealIdentity,
  seal,
} from "../crypto/index.ts";
import { type AttributeSet, one } from "./attribute-set.ts";
import { keyMaterialItem, readKeyValue, writeKeyValue } from "./key-value.ts";
import type { ManagedObject, OfferedKeyFormat } from "./managed-object.ts";

const payloadVersion = 1;

/** Seals and opens keys of managed objects; the only one who sees both. */
export interface Material {
  /** Seals the key of an object that has this identifier, these attributes and this format. */
  seal(key: KeyMaterial, object: SealedObject): Sealed;
  /** The key of an object; the caller wipes it. Throws `CryptoError` where the blob is not this object's. */
  open(object: ManagedObject): KeyMaterial;
  /** The digest of an object's key; `undefined` for templates. Opens the key, unless it was sealed here. */
  digest(object: ManagedObject): Digest | undefined;
}

/** The facts of an object that its sealed key is bound to. */
export interface SealedObject {
  readonly id: string;
  readonly attributes: AttributeSet;
  readonly keyFormat: OfferedKeyFormat;
}

/** Seals by the active epoch of a keyring, and opens by all of them. */
export function createMaterial(keyring: Keyring, randomness: Randomness): Material {
  const digests = new WeakMap<Sealed, Digest>();

  function openKey({ id, attributes: set, keyFormat, sealed }: ManagedObject): KeyMaterial {
    if (sealed === null || keyFormat === null) throw new Error(`${id} has no key`);
    const identity = identityOf({ id, attributes: set, keyFormat });
    const payload = open(sealed, { keyring, identity });
    try {
      return readKeyValue(payload, keyFormat);
    } finally {
      payload.wipe();
    }
  }

  return {
    open: openKey,
    seal(key, object) {
      const payload = writeKeyValue(key, object.keyFormat);
      try {
        const request = { keys: keyring.active, identity: identityOf(object), randomness };
        const sealed = seal(payload, request);
        digests.set(sealed, digestOf(key, object.keyFormat));
        return sealed;
      } finally {
        payload.wipe();
      }
    },
    digest(object) {
      const { sealed, keyFormat } = object;
      if (sealed === null || keyFormat === null) return undefined;
      const known = digests.get(sealed);
      if (known !== undefined) return known;
      const key = openKey(object);
      try {
        return digestOf(key, keyFormat);
      } finally {
        key.wipe();
      }
    },
  };
}

function identityOf({ id, attributes: set, keyFormat }: SealedObject): SealIdentity {
  const algorithm = one(set, attributes.cryptographicAlgorithm);
  const length = one(set, attributes.cryptographicLength);
  if (algorithm === undefined || length === undefined)
    throw new Error(`${id} has no algorithm or length`);
  return {
    id,
    objectType: enumerations.objectType.codeOf("SymmetricKey"),
    keyFormat: enumerations.keyFormatType.codeOf(keyFormat),
    algorithm: enumerations.cryptographicAlgorithm.codeOf(algorithm),
    length,
    payloadVersion,
  };
}

/**
 * The Digest attribute of a key: SHA-256 over its material in the format in which it was registered; for a structure
 * over the whole item. KMIP 1.1 §3.17.
 */
function digestOf(key: KeyMaterial, format: OfferedKeyFormat): Digest {
  return key.use((bytes) => {
    const item = keyMaterialItem(bytes, format);
    try {
      const hashed = format === "Raw" ? bytes : item.bytes;
      return { hashingAlgorithm: "SHA_256", digestValue: digest(hashed), keyFormatType: format };
    } finally {
      item.bytes.fill(0);
    }
  });
}
