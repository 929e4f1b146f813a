import type { Digest } from "@akm/kmip-model";
import { attributes } from "@akm/kmip-model";
import type { ReadObject, StoredKey, StoredObject } from "@akm/store";
import { checkRow, type Keyring, type Sealed, stampRow } from "../crypto/index.ts";
import { one } from "./attribute-set.ts";
import { readFamilyBody, writeFamilyBody } from "./family-body.ts";
import type { KeyFamily, ManagedObject } from "./managed-object.ts";
import { readBody, writeBody } from "./object-body.ts";
import { objectTerms, type TermOf, termsBy } from "./terms.ts";
import { searchedAttributes } from "./visible-attributes.ts";

/** Turns objects and families into rows under a MAC, and rows that pass their MAC into objects and families. */
export interface Rows {
  /** @throws CryptoError where the row was altered outside the server */
  readObject(row: ReadObject): ManagedObject;
  /** The row that replaces the version which the object was read at. */
  writeObject(object: ManagedObject, digest: Digest | undefined): StoredObject;
  /** @throws CryptoError where the row was altered outside the server */
  readFamily(row: StoredKey): KeyFamily;
  writeFamily(family: KeyFamily): StoredKey;
  /** Makes the search terms of this installation. */
  readonly termOf: TermOf;
}

/** Rows of one installation. */
export function createRows(keyring: Keyring): Rows {
  const termOf = termsBy(keyring);
  return {
    termOf,
    readObject(row) {
      checkRow("object", row, keyring);
      const { id, version, keyId, sealed, sealSeq } = row;
      return {
        id,
        version,
        familyId: keyId,
        sealed: sealed as Sealed | null,
        sealSeq,
        ...readBody(row.body),
      };
    },
    writeObject(object, digest) {
      const { id, version, familyId, sealed, sealSeq } = object;
      const initialDate = one(object.attributes, attributes.initialDate) ?? 0n;
      const terms = objectTerms(object, searchedAttributes(object, 0n, digest), termOf);
      const body = writeBody(object);
      const row = {
        id,
        version: version + 1,
        keyId: familyId,
        body,
        sealed,
        sealSeq,
        terms,
        initialDate,
      };
      return stampRow("object", row, keyring);
    },
    readFamily(row) {
      checkRow("key", row, keyring);
      return { id: row.id, version: row.version, ...readFamilyBody(row.body) };
    },
    writeFamily(family) {
      const { id, version, dueAt } = family;
      return stampRow(
        "key",
        { id, version: version + 1, body: writeFamilyBody(family), dueAt },
        keyring,
      );
    },
  };
}
