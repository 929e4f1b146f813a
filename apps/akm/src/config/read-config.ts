import { type Config, settings } from "../config.ts";
import { Failure } from "../failure.ts";
import { closest } from "../text.ts";
import { readIni } from "./ini.ts";
import { keyOf, type Setting } from "./setting.ts";

/** A value and where it was given: `akm.conf:12`, or the option `--port`. */
export interface GivenValue {
  readonly where: string;
  readonly section: string;
  /** The setting's key in the file. */
  readonly key: string;
  readonly value: string;
}

/** What a configuration is read from. */
export interface ConfigSource {
  /** Name of the file, for the faults. */
  readonly file: string;
  /** Its text; empty where there is none. */
  readonly text: string;
  /** Values of the command line, which win over the file's. */
  readonly overrides?: readonly GivenValue[];
}

const sections: Readonly<Record<string, Readonly<Record<string, Setting<unknown>>>>> = settings;

/**
 * The configuration, every setting checked.
 *
 * @throws Failure `configuration` that names all faults, a line each: place, what is wrong, what may stand there
 */
export function readConfig({ file, text, overrides = [] }: ConfigSource): Config {
  const { entries, faults } = readIni(text);
  const given = entries.map((entry) => ({ ...entry, where: `${file}:${entry.line}` }));
  const wrong = [
    ...faults.map((fault) => `${file}:${fault.line}: ${fault.text}`),
    ...[...given, ...overrides].flatMap(faultOf),
    ...given.flatMap(repeated),
  ];
  if (wrong.length > 0) throw new Failure("configuration", wrong.join("\n"));
  return valuesOf([...given, ...overrides], overrides);
}

/** The values of all settings; `winning` ones stand alone where there are any. */
function valuesOf(given: readonly GivenValue[], winning: readonly GivenValue[]): Config {
  const readEntry = (section: string, [member, setting]: readonly [string, Setting<unknown>]) => {
    const isHere = (entry: GivenValue) => entry.section === section && entry.key === keyOf(member);
    const entries = winning.some(isHere) ? winning.filter(isHere) : given.filter(isHere);
    if (entries.length === 0) return [member, setting.default];
    const values = entries.map(({ value }) => setting.type.read(value));
    return [member, setting.isList ? values : values[0]];
  };
  const ofSection = ([section, members]: [string, Readonly<Record<string, Setting<unknown>>>]) => [
    section,
    Object.fromEntries(Object.entries(members).map((entry) => readEntry(section, entry))),
  ];
  // Every value was read by its own setting's type: the shape is that of `settings`.
  return Object.fromEntries(Object.entries(sections).map(ofSection)) as unknown as Config;
}

function faultOf({ where, section, key, value }: GivenValue): readonly string[] {
  const members = sections[section];
  if (members === undefined) {
    return [`${where}: there is no section [${section}]${closest(section, Object.keys(sections))}`];
  }
  const setting = settingOf(section, key);
  if (setting === undefined) {
    const keys = Object.keys(members).map(keyOf);
    return [`${where}: [${section}] has no setting ${key}${closest(key, keys)}`];
  }
  if (setting.type.read(value) !== undefined) return [];
  // The database's URL may hold a password, which no log shall have.
  const shown = key === "url" ? "" : ` ${JSON.stringify(value)}`;
  return [`${where}: [${section}] ${key}${shown} cannot stand: write ${setting.type.form}`];
}

function repeated({ where, section, key }: GivenValue, index: number, all: readonly GivenValue[]) {
  const first = all.findIndex((other) => other.section === section && other.key === key);
  if (first === index || settingOf(section, key)?.isList !== false) return [];
  return [`${where}: [${section}] ${key} stands at ${all[first]?.where} already: keep one of them`];
}

function settingOf(section: string, key: string): Setting<unknown> | undefined {
  return Object.entries(sections[section] ?? {}).find(([member]) => keyOf(member) === key)?.[1];
}
