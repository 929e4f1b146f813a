import type { Randomness } from "./crypto/index.ts";

/** Bytes of an operation's identifier. */
const idBytes = 16;

/** Identifiers drawn at a time: a call of the system's source costs as much for all of them as for one. */
const stockIds = 64;

/** Makes identifiers of operations: 16 random bytes in hexadecimal, each given once. Nothing secret. */
export function createOperationIds(randomness: Randomness): () => string {
  let stock: string[] = [];
  return () => {
    const id = stock.pop();
    if (id !== undefined) return id;
    const bytes = Buffer.from(randomness(idBytes * stockIds));
    stock = Array.from({ length: stockIds }, (_, at) =>
      bytes.toString("hex", idBytes * at, idBytes * (at + 1)),
    );
    return stock.pop() as string;
  };
}
