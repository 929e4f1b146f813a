/** Bytes that must not be seen, in the forms in which they could be. */
export interface Secret {
  /** The form in which something shows them, if it does. */
  foundIn(shown: string | Uint8Array): string | undefined;
}

/** How many of the bytes in a row count as shown. */
const partBytes = 12;

/** Watches out for `secret`: its first bytes raw, in hexadecimal digits of either case, and in base64. */
export function watchFor(secret: Uint8Array): Secret {
  const part = Buffer.from(secret).subarray(0, partBytes);
  const hex = part.toString("hex");
  const forms: readonly (readonly [string, Buffer])[] = [
    ["raw", part],
    ["utf8", Buffer.from(part.toString("utf8"))],
    ["hex", Buffer.from(hex)],
    ["HEX", Buffer.from(hex.toUpperCase())],
    ["base64", Buffer.from(part.toString("base64"))],
    ["numbers", Buffer.from(part.join(","))],
  ];
  return {
    foundIn(shown) {
      const buffer = Buffer.from(shown as Uint8Array);
      return forms.find(([, form]) => buffer.includes(form))?.[0];
    },
  };
}
