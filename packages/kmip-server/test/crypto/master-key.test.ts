import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import {
  CryptoError,
  createMasterKey,
  KeyMaterial,
  masterKeyRefusal,
  readMasterKey,
} from "../../src/crypto/index.ts";
import { randomnessOf, rising } from "./fixtures.ts";

const root = mkdtempSync(join(tmpdir(), "akm-master-key-"));
afterAll(() => rmSync(root, { recursive: true }));

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(root, "case-"));
  path = join(folder, "master.key");
});

function refusal(databaseFolder?: string): string {
  try {
    readMasterKey(path, databaseFolder);
  } catch (error) {
    if (error instanceof CryptoError) return `${error.code} ${error.message.replace(path, "FILE")}`;
    throw error;
  }
  return "read";
}

test("a master key that was made can be read, and only by its owner", () => {
  createMasterKey(path, randomnessOf("master"));
  const expected = KeyMaterial.copyOf(randomnessOf("master")(32));
  expect(readMasterKey(path).equals(expected)).toBe(true);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("making a master key wipes the bytes that were drawn", () => {
  const drawn = rising(1, 32);
  createMasterKey(path, () => drawn);
  expect(drawn).toEqual(Buffer.alloc(32));
});

test("a file that is there is not made anew", () => {
  writeFileSync(path, rising(0, 32), { mode: 0o600 });
  expect(() => createMasterKey(path, randomnessOf("other"))).toThrow(
    `master key ${path}: there is a file already, which is left as it is: name another one`,
  );
  expect(readMasterKey(path).equals(KeyMaterial.copyOf(rising(0, 32)))).toBe(true);
});

test("a key is read beside the database's folder, and refused within it", () => {
  const database = join(folder, "pg18");
  mkdirSync(join(database, "base"), { recursive: true });
  createMasterKey(path, randomnessOf("master"));
  expect(refusal(database)).toBe("read");
  path = join(database, "base", "master.key");
  createMasterKey(path, randomnessOf("master"));
  expect(refusal(database)).toBe(
    `BadMasterKeyFile master key FILE: it lies in the database's folder ${database}, and so in its backups: move it out`,
  );
});

test.each([31, 0, 33, 4096])("a file of %d bytes is refused", (length) => {
  writeFileSync(path, Buffer.alloc(length), { mode: 0o600 });
  expect(refusal()).toMatch(
    new RegExp(`it has to hold 32 bytes and holds ${length > 32 ? "more" : length}: restore it`),
  );
});

test.each([0o640, 0o604, 0o610, 0o666])("a file of mode %o is refused", (mode) => {
  writeFileSync(path, Buffer.alloc(32));
  chmodSync(path, mode);
  expect(refusal()).toBe(
    `BadMasterKeyFile master key FILE: its mode 0${mode.toString(8)} lets others at it: chmod it to 0600`,
  );
});

test("a symbolic link is refused, whatever it points at", () => {
  createMasterKey(`${path}.real`, randomnessOf("master"));
  symlinkSync(`${path}.real`, path);
  expect(refusal()).toContain("it is a symbolic link: name the file itself");
});

test("a missing file is refused", () => {
  expect(refusal()).toContain("there is no such file: restore it from its copy");
});

test("a folder is refused", () => {
  mkdirSync(path);
  expect(refusal()).toContain("it is not a regular file: name the file itself");
});

test("a pipe is refused without waiting for a writer", () => {
  execFileSync("mkfifo", ["-m", "600", path]);
  expect(refusal()).toContain("it is not a regular file");
});

test("a path through a file is refused with the system's own words", () => {
  writeFileSync(path, "");
  expect(() => readMasterKey(join(path, "master.key"))).toThrow("ENOTDIR");
});

test.each([
  ["root's", 0, undefined],
  ["the server's own", 1000, undefined],
  [
    "another user's",
    1001,
    "it belongs to user 1001, who could change it: chown it to the server's user",
  ],
])("a file that is %s is judged by its owner", (_, uid, why) => {
  expect(masterKeyRefusal({ isFile: () => true, uid, mode: 0o100600 }, 1000)).toBe(why);
});
