import type { Acts } from "../acts/perform.ts";
import type { Surroundings } from "../command-line/command.ts";
import { flagOf, many, one } from "../command-line/option.ts";
import type { GivenValue } from "../config/read-config.ts";
import { dataFolder } from "../folder/data-folder.ts";
import { doAct } from "../installation/do-act.ts";

/** `--data`, which every command has. */
export const dataOption = one(
  "DIR",
  "the data folder; /var/lib/akm for root, else ~/.local/share/akm",
);

/** What names a server, wherever certificates have to be made for it. */
export const hostOption = many(
  "NAME",
  "a DNS name or address by which clients reach the server, for certificates that have to be made",
);

/** The option's value as one of `akm.conf`; nothing where it was not given. */
export function override(
  member: string,
  value: string | undefined,
  [section, key]: readonly [GivenValue["section"], string],
): readonly GivenValue[] {
  return value === undefined ? [] : [{ where: flagOf(member), section, key, value }];
}

/** Has an act done by the server that runs on the data folder, or by this process where none runs. */
export function act<Name extends keyof Acts>(
  name: Name,
  argument: Acts[Name]["argument"],
  { data, surroundings }: { data: string | undefined; surroundings: Surroundings },
): Promise<Acts[Name]["result"]> {
  const folder = dataFolder(data, surroundings.env);
  // What the act of this name tells is what `Acts` says.
  return doAct({ name, argument, folder, surroundings }) as Promise<Acts[Name]["result"]>;
}
