/** Throws where what was decoded does not encode to the bytes that it came from. */
export function same(what: string, from: Uint8Array, again: Uint8Array): void {
  if (Buffer.compare(from, again) === 0) return;
  throw new Error(`${what} encodes to ${Buffer.from(again).toString("hex")}`);
}

/** Something that must not be, with all that is needed to see it again. */
export function finding(what: unknown, bytes: Uint8Array, place: string): Error {
  const text = what instanceof Error ? what.message : String(what);
  const shown = Buffer.from(bytes).toString("hex");
  return new Error(`${place}: ${text}; message ${shown}`, { cause: what });
}
