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

/** What PostgreSQL's programs say, told as the operator can act on it: what, where, and the mend. */
export function inWords(output: string, folder: string): string {
  const known = sentences.find(([pattern]) => pattern.test(output));
  if (known !== undefined) return `${known[1]}: ${folder}: ${known[2]}`;
  const lines = output.split("\n").filter((line) => /\b(FATAL|PANIC|error):/.test(line));
  return (
    lines.at(-1)?.replace(/^.*?(FATAL|PANIC|error):\s*/, "") ?? `no reason given (${output.trim()})`
  );
}

const sentences: readonly (readonly [RegExp, string, mend: string])[] = [
  [
    /No space left on device/,
    "no space is left on the disk of the data folder",
    "make room and start again",
  ],
  [
    /Read-only file system/,
    "the disk of the data folder is read-only",
    "mount it so that it can be written",
  ],
  [
    /incompatible with server/,
    "the data folder was made by another major version",
    "start the version that made it",
  ],
  [
    /Permission denied/,
    "the database's account may not use the data folder",
    "give it the folder, or name another one",
  ],
  [
    /lock file .* already exists|pre-existing shared memory/,
    "another server uses the data folder",
    "stop that one first",
  ],
  [
    /could not create any Unix-domain sockets/,
    "its socket cannot be made beside the data folder",
    "let its account write there",
  ],
  [
    /error while loading shared libraries/,
    "a library of its installation is missing; data folder",
    "install it anew",
  ],
];
