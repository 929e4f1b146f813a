import { expect } from "vitest";

/** A refusal is one line for the operator, and no word of success. */
export function line(text: string | RegExp): { stdout: string; stderr: unknown } {
  const one = typeof text === "string" ? `akm: ${text}\n` : expect.stringMatching(text);
  return { stdout: "", stderr: one };
}
