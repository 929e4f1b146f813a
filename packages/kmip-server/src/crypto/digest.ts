import { hash } from "node:crypto";

/** SHA-256 of `bytes`, 32 bytes. */
export function digest(bytes: Uint8Array): Uint8Array {
  return hash("sha256", bytes, "buffer");
}
