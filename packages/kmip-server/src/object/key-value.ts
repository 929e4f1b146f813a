import { plainKeyValue, tags, transparentSymmetricKey } from "@akm/kmip-model";
import { byteString, decode, decodeRaw, encode, encodeRaw, type RawItem } from "@akm/ttlv";
import { KeyMaterial } from "../crypto/index.ts";
import type { OfferedKeyFormat } from "./managed-object.ts";

/** The Key Material item of a key in a format; the caller wipes its bytes. KMIP 1.1 §2.1.4, §2.1.7.1. */
export function keyMaterialItem(key: Uint8Array, format: OfferedKeyFormat): RawItem {
  return format === "TransparentSymmetricKey"
    ? encodeRaw(tags.KeyMaterial, transparentSymmetricKey, { key })
    : encodeRaw(tags.KeyMaterial, byteString, key);
}

/** The bytes of the key in a Key Material item: a view on it. Throws TtlvError where the format wants another item. */
export function keyOf(item: RawItem, format: OfferedKeyFormat): Uint8Array {
  const place = { path: "keyMaterial" };
  return format === "TransparentSymmetricKey"
    ? decodeRaw(item, transparentSymmetricKey, place).key
    : decodeRaw(item, byteString, place);
}

/** What is sealed: the canonical Key Value of the key in its format. */
export function writeKeyValue(key: KeyMaterial, format: OfferedKeyFormat): KeyMaterial {
  return key.use((bytes) => {
    const keyMaterial = keyMaterialItem(bytes, format);
    try {
      return KeyMaterial.take(encode(tags.KeyValue, plainKeyValue, { keyMaterial, attribute: [] }));
    } finally {
      keyMaterial.bytes.fill(0);
    }
  });
}

/** The key in what was sealed; the caller wipes it. */
export function readKeyValue(payload: KeyMaterial, format: OfferedKeyFormat): KeyMaterial {
  return payload.use((bytes) => {
    const { keyMaterial } = decode(tags.KeyValue, plainKeyValue, bytes);
    return KeyMaterial.copyOf(keyOf(keyMaterial, format));
  });
}
