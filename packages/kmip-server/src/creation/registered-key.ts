import { attributes, KmipError, type operations, type RequestOf } from "@akm/kmip-model";
import { KeyMaterial } from "../crypto/index.ts";
import { type AttributeSet, one, withOne } from "../object/attribute-set.ts";
import { keyOf } from "../object/key-value.ts";
import type { OfferedKeyFormat } from "../object/managed-object.ts";
import { orRefuse } from "../or-refuse.ts";
import { type Algorithm, algorithmRow } from "./algorithms.ts";
import type { NewKey } from "./new-key.ts";

type KeyBlock = NonNullable<RequestOf<typeof operations.Register>["symmetricKey"]>["keyBlock"];

/**
 * The key that a client brings in a Key Block, with its algorithm and length beside the other attributes.
 *
 * @throws KmipError where the block is wrapped, compressed, of another format, holds attributes, or contradicts the
 * attributes or itself. KMIP 1.1 §2.1.3, §4.3
 */
export function registeredKey(keyBlock: KeyBlock, given: AttributeSet): NewKey {
  const keyFormat = offeredFormat(keyBlock);
  const key = KeyMaterial.copyOf(keyBytes(keyBlock, keyFormat));
  try {
    const algorithm = agreed(
      "Cryptographic Algorithm",
      keyBlock.cryptographicAlgorithm,
      one(given, attributes.cryptographicAlgorithm),
    );
    const length = agreed(
      "Cryptographic Length",
      keyBlock.cryptographicLength,
      one(given, attributes.cryptographicLength),
    );
    const complete = withOne(given, attributes.cryptographicAlgorithm, present(algorithm));
    const bits = fittingLength(present(algorithm), length, key.length);
    return { key, keyFormat, attributes: withOne(complete, attributes.cryptographicLength, bits) };
  } catch (error) {
    key.wipe();
    throw error;
  }
}

function offeredFormat({
  keyFormatType,
  keyCompressionType,
  keyWrappingData,
}: KeyBlock): OfferedKeyFormat {
  if (keyWrappingData !== undefined)
    throw new KmipError("FeatureNotSupported", "Key Wrapping Data is not supported");
  if (keyCompressionType !== undefined) {
    throw new KmipError(
      "KeyCompressionTypeNotSupported",
      `Key Compression Type ${keyCompressionType} is not supported`,
    );
  }
  if (keyFormatType === "Raw" || keyFormatType === "TransparentSymmetricKey") return keyFormatType;
  throw new KmipError(
    "KeyFormatTypeNotSupported",
    `Key Format Type ${keyFormatType} is not supported`,
  );
}

/** A view on the request's bytes. */
function keyBytes({ keyValue }: KeyBlock, format: OfferedKeyFormat): Uint8Array {
  if (keyValue instanceof Uint8Array) {
    throw new KmipError("InvalidMessage", "Key Value is a Byte String, and the key is not wrapped");
  }
  if (keyValue.attribute.length > 0)
    throw new KmipError("InvalidField", "attributes inside Key Value are not supported");
  return orRefuse(() => keyOf(keyValue.keyMaterial, format));
}

function agreed<T>(
  what: string,
  inBlock: T | undefined,
  inAttributes: T | undefined,
): T | undefined {
  if (inBlock !== undefined && inAttributes !== undefined && inBlock !== inAttributes) {
    throw new KmipError(
      "InvalidField",
      `${what} is ${inBlock} in the Key Block and ${inAttributes} among the attributes`,
    );
  }
  return inBlock ?? inAttributes;
}

function present(algorithm: Algorithm | undefined): Algorithm {
  if (algorithm !== undefined) return algorithm;
  throw new KmipError("InvalidField", "Cryptographic Algorithm is missing");
}

function fittingLength(algorithm: Algorithm, given: number | undefined, bytes: number): number {
  const row = algorithmRow(algorithm);
  if (row === undefined)
    throw new KmipError("InvalidField", `Cryptographic Algorithm ${algorithm} is not symmetric`);
  const bits = given ?? row.bitsOf(bytes);
  if (row.isLegal(bits) && row.bytesOf(bits) === bytes) return bits;
  throw new KmipError(
    "InvalidField",
    `Cryptographic Length ${bits} does not fit ${algorithm} and ${bytes} bytes of key`,
  );
}
