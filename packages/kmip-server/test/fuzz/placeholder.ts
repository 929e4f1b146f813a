/** Stands in a seed message where an identifier belongs: as long as one. */
export const identifierPlaceholder = "?".repeat(24);

const placeholderBytes = Buffer.from(identifierPlaceholder);

/** A copy of `bytes` with an identifier of `next` in each placeholder. */
export function fillIn(bytes: Uint8Array, next: () => string): Buffer {
  const filled = Buffer.from(bytes);
  let at = filled.indexOf(placeholderBytes);
  while (at !== -1) {
    filled.write(next(), at, placeholderBytes.length, "latin1");
    at = filled.indexOf(placeholderBytes, at + placeholderBytes.length);
  }
  return filled;
}
