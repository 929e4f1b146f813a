import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../failure.ts";
import { type Case, readCases } from "./case.ts";

/** The folder of this program's own cases. */
export const ownCases: string = fileURLToPath(new URL("../../cases", import.meta.url));

/**
 * The cases of files and folders, in the order of their names; a case that is named twice counts once.
 *
 * @throws Failure `file` for a path that is not there, or a folder that holds no case  @throws Failure `case`
 */
export function casesAt(paths: readonly string[]): readonly Case[] {
  const cases = paths.flatMap((path) => {
    const files = filesAt(path);
    if (files.length === 0)
      throw new Failure("file", `${path} holds no case: there is no file .xml in it`);
    return files.flatMap(({ file, name }) => readCases(name, readFileSync(file, "utf8")));
  });
  return [...new Map(cases.map((each) => [each.name, each])).values()];
}

interface CaseFile {
  readonly file: string;
  /** From the folder that was named, without the ending. */
  readonly name: string;
}

function filesAt(path: string): readonly CaseFile[] {
  if (statAt(path).isFile()) return [{ file: path, name: basename(path, ".xml") }];
  const entries = readdirSync(path, { recursive: true, encoding: "utf8" });
  return entries
    .filter((entry) => entry.endsWith(".xml"))
    .sort()
    .map((entry) => ({
      file: join(path, entry),
      name: relative("", entry).replaceAll("\\", "/").slice(0, -".xml".length),
    }));
}

function statAt(path: string): ReturnType<typeof statSync> & object {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new Failure("file", `${path}: there is no such file or folder`);
  return stat;
}
