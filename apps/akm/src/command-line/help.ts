import type { Command, Options } from "./command.ts";
import { flagOf, type Option } from "./option.ts";

/** What `akm help` prints: every command with its sentence. */
export function helpText(commands: readonly Command[]): string {
  const rows = commands.map(({ name, argument, text }) => ({
    left: [name, argument].filter(Boolean).join(" "),
    text,
  }));
  return [
    "akm: an open key manager that speaks KMIP",
    "",
    "usage: akm COMMAND [OPTION…]",
    "",
    ...columns(rows),
    "",
    "akm COMMAND --help tells the options of a command.",
  ].join("\n");
}

/** What `akm COMMAND --help` prints. */
export function commandHelp({ name, argument, text, options }: Command): string {
  const rows = Object.entries(options).map(([member, option]) => ({
    left: written(member, option),
    text: option.isRequired ? `${option.text} (required)` : option.text,
  }));
  const words = [`akm ${name}`, argument, ...usageOf(options)].filter(Boolean).join(" ");
  return [text, "", `usage: ${words}`, "", ...columns(rows)].join("\n");
}

function usageOf(options: Options): readonly string[] {
  return Object.entries(options).map(([member, option]) => {
    const dots = option.kind === "many" ? "…" : "";
    return option.isRequired ? written(member, option) : `[${written(member, option)}]${dots}`;
  });
}

function written(member: string, { value }: Option<unknown>): string {
  return value === undefined ? flagOf(member) : `${flagOf(member)} ${value}`;
}

function columns(rows: readonly { left: string; text: string }[]): readonly string[] {
  const width = Math.max(0, ...rows.map(({ left }) => left.length));
  return rows.map(({ left, text }) => `  ${left.padEnd(width)}  ${text}`);
}
