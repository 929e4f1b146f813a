/** How much of a message is read before it is refused. Every maximum is itself still allowed. */
export interface Limits {
  /** Bytes of a whole message, header included. */
  readonly messageBytesMax: number;
  /** Structures inside each other, the outermost counted. */
  readonly depthMax: number;
  /** Items in a message, structures included. */
  readonly itemsMax: number;
  /** Bytes of one Text String in UTF-8. */
  readonly textBytesMax: number;
  /** Bytes of one Big Integer. */
  readonly bigIntegerBytesMax: number;
}

/**
 * 1 MiB, 32 levels, 16,384 items, 64 KiB, 4 KiB. KMIP sets none of these: they keep the work for one message
 * in proportion. The deepest published message has 9 levels; a 32,768-bit RSA modulus fits a Big Integer.
 */
export const defaultLimits: Limits = Object.freeze({
  messageBytesMax: 1024 * 1024,
  depthMax: 32,
  itemsMax: 16_384,
  textBytesMax: 64 * 1024,
  bigIntegerBytesMax: 4 * 1024,
});
