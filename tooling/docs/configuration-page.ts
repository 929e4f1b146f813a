import { defaultLines, keyOf, type Setting } from "@akm/akm";
import { page, table } from "./markdown.ts";

type Section = Readonly<Record<string, Setting<unknown>>>;

const intro = `The settings of \`akm.conf\`, a section each. A line is \`key = value\`; one that begins with \`#\` or \`;\` is a comment. \`akm
init\` writes a file with all of them. A setting that is left out has its default; one marked _lines_ may stand several
times, each time with one more entry.`;

/** `docs/configuration.md`: every setting, what it may be and what it is unless it is set. */
export function configurationPage(settings: Readonly<Record<string, Section>>): string {
  return page("Configuration", intro, ...Object.entries(settings).map(section));
}

function section([name, settings]: readonly [string, Section]): string {
  const rows = Object.entries(settings).map(settingCells);
  return `## [${keyOf(name)}]\n\n${table(["Key", "Value", "Default", "Meaning"], rows)}`;
}

function settingCells([member, setting]: readonly [string, Setting<unknown>]): string[] {
  const form = setting.isList ? `lines: ${setting.type.form}` : setting.type.form;
  const defaults = defaultLines(setting).map((line) => `\`${line}\``);
  return [`\`${keyOf(member)}\``, form, defaults.join(", "), setting.text];
}
