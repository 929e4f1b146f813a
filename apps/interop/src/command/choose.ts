import { join } from "node:path";
import { Failure } from "../failure.ts";
import type { Case } from "../play/case.ts";
import { casesAt, ownCases } from "../play/folder.ts";
import { profiles, type ServerProfile } from "../verdict/profiles.ts";
import type { Arguments } from "./arguments.ts";
import type { Surroundings } from "./surroundings.ts";

/**
 * The profile that is named, `undefined` where none is.
 *
 * @throws Failure `usage`
 */
export function chosenProfile({ profile }: Arguments): ServerProfile | undefined {
  if (profile === undefined) return undefined;
  const found = Object.hasOwn(profiles, profile) ? profiles[profile] : undefined;
  if (found !== undefined) return found;
  throw new Failure("usage", `--profile ${profile}: there is ${Object.keys(profiles).join(", ")}`);
}

/**
 * The cases that are to be played: those named, else this program's own and the published ones.
 *
 * @throws Failure `usage` where none is left  @throws Failure `file`, `case`
 */
export function chosenCases(
  { cases, only = "" }: Arguments,
  profile: ServerProfile | undefined,
  env: Surroundings["env"],
): readonly Case[] {
  const named = cases.length > 0 ? casesAt(cases) : defaultCases(profile, env["AKM_VECTORS"]);
  const chosen = named.filter(({ name }) => name.includes(only));
  if (chosen.length > 0) return chosen;
  throw new Failure("usage", `--only ${only}: no case has this in its name`);
}

/** A case of a profile asks for more than KMIP does: it is for servers of that profile. */
function defaultCases(
  profile: ServerProfile | undefined,
  vectors: string | undefined,
): readonly Case[] {
  const others = Object.values(profiles).filter((each) => each !== profile);
  const own = casesAt([ownCases]).filter(
    ({ name }) => !others.some(({ folder }) => name.startsWith(folder)),
  );
  return vectors === undefined ? own : [...own, ...casesAt([join(vectors, "xml")])];
}
