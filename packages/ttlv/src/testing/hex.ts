/**
 * Bytes written as hexadecimal digits; blanks, line breaks and `|` between them say nothing:
 * hex`42 00 20 | 02 | 00 00 00 04 | FF FF FF FE 00 00 00 00`.
 *
 * @throws RangeError for anything else, or half a byte
 */
export function hex(parts: TemplateStringsArray, ...values: readonly string[]): Uint8Array {
  const digits = String.raw({ raw: parts.raw }, ...values).replace(/[\s|]/g, "");
  if (!/^([0-9A-Fa-f]{2})*$/.test(digits)) throw new RangeError(`no hexadecimal bytes: ${digits}`);
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
