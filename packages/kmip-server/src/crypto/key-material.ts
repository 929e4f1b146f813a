import { timingSafeEqual } from "node:crypto";
import { inspect } from "node:util";

const shown = "[key material]";

/**
 * Key bytes in memory of their own. Whatever prints it prints `[key material]`; the bytes are there only inside
 * `use`, and gone after `wipe`.
 */
export class KeyMaterial {
  readonly #bytes: Buffer;
  #wiped = false;

  private constructor(bytes: Uint8Array) {
    // Not from Node's shared pool: a slice of that is copied around with its neighbours.
    this.#bytes = Buffer.allocUnsafeSlow(bytes.length);
    this.#bytes.set(bytes);
  }

  /** Holds a copy of `bytes`, which stay as they are. */
  static copyOf(bytes: Uint8Array): KeyMaterial {
    return new KeyMaterial(bytes);
  }

  /** Holds a copy of `bytes` and overwrites `bytes` with zeros. */
  static take(bytes: Uint8Array): KeyMaterial {
    const material = new KeyMaterial(bytes);
    bytes.fill(0);
    return material;
  }

  /** In bytes. */
  get length(): number {
    return this.#bytes.length;
  }

  /** What `read` makes of the bytes, which it must not keep. Throws after `wipe`. */
  use<Result>(read: (bytes: Uint8Array) => Result): Result {
    if (this.#wiped) throw new Error("key material is used after it was wiped");
    return read(this.#bytes);
  }

  /** Whether both hold the same bytes; the time tells nothing but the length. */
  equals(other: KeyMaterial): boolean {
    return this.use((mine) => other.use((theirs) => equalBytes(mine, theirs)));
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

  [inspect.custom](): string {
    return shown;
  }
}

/** Whether both are the same bytes; the time tells nothing but the length. */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
