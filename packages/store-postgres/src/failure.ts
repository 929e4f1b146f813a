import { StoreError } from "@akm/store";

/** SQLSTATE of a server's error; `undefined` for what the driver or the network says. */
export function sqlState(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code)
    ? code
    : undefined;
}

/**
 * Whether the connection is at fault, or the server going down: another connection may do better. The classes are 08 connection,
 * 53 resources, 57 operator, 58 system, XX internal, and 25006, a server that turned read-only.
 */
export function isConnectionFailure(error: unknown): boolean {
  const state = sqlState(error);
  return state === undefined || /^(08|53|57|58|XX|25006|25P0)/.test(state);
}

/** Whether the server undid the transaction only because of others: serialization, deadlock, lock wait. */
export function isContention(error: unknown): boolean {
  return ["40001", "40P01", "55P03"].includes(sqlState(error) ?? "");
}

/**
 * Whether a statement that was sent, and would have committed by itself, may have done so in spite of this error. An error of any other
 * class is the server's word that it undid everything; these may also come from a backend that ended after its commit.
 */
export function mayHaveCommitted(error: unknown): boolean {
  const state = sqlState(error);
  if (state === "25006") return false;
  return isConnectionFailure(error) || state === "40003";
}

/** What a caller of the port reads where the database could not be asked. */
export function unavailable(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new StoreError("Unavailable", `the database cannot be asked: ${why}`, { cause: error });
}
