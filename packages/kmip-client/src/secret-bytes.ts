const shown = "[secret]";

/**
 * Key bytes that do not print: strings, JSON and inspection show `[secret]`. They are a copy of their own;
 * `wipe` overwrites it.
 */
export class SecretBytes {
  readonly #bytes: Uint8Array;
  #wiped = false;

  /** Holds a copy of `bytes`, which stay as they are. */
  constructor(bytes: Uint8Array) {
    this.#bytes = Uint8Array.from(bytes);
  }

  /** In bytes. */
  get length(): number {
    return this.#bytes.length;
  }

  /** The bytes themselves, not a copy: `wipe` clears them too. Throws after `wipe`. */
  reveal(): Uint8Array {
    if (this.#wiped) throw new Error("secret bytes are used after they were wiped");
    return this.#bytes;
  }

  /** Overwrites the bytes with zeros. */
  wipe(): void {
    this.#bytes.fill(0);
    this.#wiped = true;
  }

  toString(): string {
    return shown;
  }

  toJSON(): string {
    return shown;
  }

  /** What `util.inspect` and `console.log` of Node show. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return shown;
  }
}
