import { StoreError } from "@akm/store";

/** Ends the start of the embedded server with a sentence for its operator. @throws StoreError `Unavailable`, always */
export function refuse(text: string, cause?: unknown): never {
  throw new StoreError("Unavailable", `embedded PostgreSQL: ${text}`, { cause });
}

/** The code of a system error, as `ENOSPC`. */
export function systemCode(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}

/** What PostgreSQL's programs say, told as the operator can act on it. */
export function inWords(output: string, folder: string): string {
  const sentence = sentences.find(([pattern]) => pattern.test(output))?.[1];
  if (sentence !== undefined) return `${sentence}: ${folder}`;
  const lines = output.split("\n").filter((line) => /\b(FATAL|PANIC|error):/.test(line));
  return (
    lines.at(-1)?.replace(/^.*?(FATAL|PANIC|error):\s*/, "") ?? `no reason given (${output.trim()})`
  );
}

const sentences: readonly (readonly [RegExp, string])[] = [
  [/No space left on device/, "no space is left on the disk of the data folder"],
  [/Read-only file system/, "the disk of the data folder is read-only"],
  [/incompatible with server/, "the data folder was made by another major version"],
  [/Permission denied/, "the database's account may not use the data folder"],
  [/lock file .* already exists|pre-existing shared memory/, "another server uses the data folder"],
  [/could not create any Unix-domain sockets/, "its socket cannot be made beside the data folder"],
  [/error while loading shared libraries/, "a library of its installation is missing; data folder"],
];
