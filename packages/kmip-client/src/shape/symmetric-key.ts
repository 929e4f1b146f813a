import { type KeyBlock, tags, transparentSymmetricKey as transparent } from "@akm/kmip-model";
import { byteString, decodeRaw, encodeRaw, type RawItem } from "@akm/ttlv";
import { ProtocolError, reading } from "../protocol-error.ts";
import { SecretBytes } from "../secret-bytes.ts";

/** A symmetric key as answers give it. Its length is in bits. KMIP 1.1 §2.1.3. */
export interface SymmetricKey {
  readonly key: SecretBytes;
  readonly keyFormatType: "Raw" | "Opaque" | "TransparentSymmetricKey";
  readonly cryptographicAlgorithm?: NonNullable<KeyBlock["cryptographicAlgorithm"]>;
  readonly cryptographicLength?: number;
}

/** A symmetric key to be registered; Raw unless a format is named. */
export type SymmetricKeyInput = Omit<SymmetricKey, "key" | "keyFormatType"> & {
  readonly key: SecretBytes | Uint8Array;
  readonly keyFormatType?: "Raw" | "TransparentSymmetricKey";
};

/** The Key Block of a key to be registered. */
export function toKeyBlock({ key, keyFormatType = "Raw", ...rest }: SymmetricKeyInput): KeyBlock {
  const bytes = key instanceof SecretBytes ? key.reveal() : key;
  const keyMaterial =
    keyFormatType === "Raw"
      ? encodeRaw(tags.KeyMaterial, byteString, bytes)
      : encodeRaw(tags.KeyMaterial, transparent, { key: bytes });
  return { keyFormatType, keyValue: { keyMaterial, attribute: [] }, ...rest };
}

/**
 * The key in a Key Block.
 *
 * @throws ProtocolError for a wrapped or compressed one and for formats of other objects: `client.call` gives those as
 * they are
 */
export function fromKeyBlock(block: KeyBlock): SymmetricKey {
  const { keyFormatType, keyCompressionType, keyValue, keyWrappingData, ...rest } = block;
  if (keyWrappingData !== undefined || keyValue instanceof Uint8Array) {
    throw new ProtocolError("the key is wrapped: ask for it with call()");
  }
  if (keyCompressionType !== undefined) {
    throw new ProtocolError(`the key is compressed: ${keyCompressionType}`);
  }
  switch (keyFormatType) {
    case "Raw":
    case "Opaque":
    case "TransparentSymmetricKey":
      return { key: material(keyFormatType, keyValue.keyMaterial), keyFormatType, ...rest };
    default:
      throw new ProtocolError(`key format ${keyFormatType} is not one of a symmetric key`);
  }
}

function material(format: SymmetricKey["keyFormatType"], raw: RawItem): SecretBytes {
  return reading(() => {
    if (format !== "TransparentSymmetricKey") return new SecretBytes(decodeRaw(raw, byteString));
    return new SecretBytes(decodeRaw(raw, transparent).key);
  });
}
