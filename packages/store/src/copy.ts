import type { ReadObject, StoredKey, StoredObject, StoredRecord } from "./store.ts";

/** A copy of an object that shares no bytes with the original. */
export function copyObject(object: StoredObject): StoredObject {
  return { ...copyAsRead(object), terms: [...object.terms] };
}

/** An object as it is read: a copy that shares no bytes with the original. */
export function copyAsRead(object: ReadObject): ReadObject {
  return {
    id: object.id,
    version: object.version,
    keyId: object.keyId,
    body: bytes(object.body),
    sealed: object.sealed === null ? null : bytes(object.sealed),
    sealSeq: object.sealSeq,
    mac: bytes(object.mac),
    macEpoch: object.macEpoch,
    initialDate: object.initialDate,
  };
}

/** A copy of a key row that shares no bytes with the original. */
export function copyKey(key: StoredKey): StoredKey {
  return { ...key, body: bytes(key.body), mac: bytes(key.mac) };
}

/** A copy of a record that shares no bytes with the original. */
export function copyRecord(record: StoredRecord): StoredRecord {
  return { ...record, body: bytes(record.body), mac: bytes(record.mac) };
}

/** `slice` of a Buffer would share its bytes. */
function bytes(of: Uint8Array): Uint8Array {
  return new Uint8Array(of);
}
