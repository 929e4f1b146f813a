import { parseArgs } from "node:util";
import { Failure } from "../failure.ts";
import { closest } from "../text.ts";
import type { Command } from "./command.ts";
import { flagOf, type Option } from "./option.ts";

/** A command line, understood. */
export interface ParsedCommand {
  readonly command: Command;
  /** By the names of the options as members. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Empty where the command takes none. */
  readonly argument: string;
  /** Whether help was asked for instead of the deed. */
  readonly wantsHelp: boolean;
}

/**
 * Finds the command and reads its options.
 *
 * @throws Failure `usage`
 */
export function parseCommand(args: readonly string[], commands: readonly Command[]): ParsedCommand {
  const command = findCommand(args, commands);
  const { values, positionals } = readArguments(
    args.slice(command.name.split(" ").length),
    command,
  );
  if (values["help"] === true) return { command, values: {}, argument: "", wantsHelp: true };
  const entries = Object.entries(command.options).map(([member, option]) => [
    member,
    valueGiven(member, option, { command, given: values[flagOf(member).slice(2)] }),
  ]);
  const argument = argumentOf(command, positionals);
  return { command, values: Object.fromEntries(entries), argument, wantsHelp: false };
}

function findCommand(args: readonly string[], commands: readonly Command[]): Command {
  const [first = "", second = ""] = args;
  const found = commands.find(({ name }) => name === first || name === `${first} ${second}`);
  if (found !== undefined) return found;
  const members = commands.filter(({ name }) => name.startsWith(`${first} `));
  if (members.length > 0) {
    const words = members.map(({ name }) => name.slice(first.length + 1));
    throw new Failure("usage", `akm ${first} what? One of ${words.join(", ")}`);
  }
  const words = commands.map(({ name }) => name.split(" ")[0] ?? "");
  const text = `there is no command ${first}${closest(first, words)}; akm help lists them`;
  throw new Failure("usage", text);
}

interface RawArguments {
  readonly values: Readonly<Record<string, unknown>>;
  readonly positionals: readonly string[];
}

function readArguments(args: readonly string[], command: Command): RawArguments {
  const declared = Object.entries(command.options).map(([member, { kind }]) => [
    flagOf(member).slice(2),
    { type: kind === "flag" ? "boolean" : "string", multiple: kind === "many" } as const,
  ]);
  try {
    return parseArgs({
      args: [...args],
      options: { ...Object.fromEntries(declared), help: { type: "boolean", short: "h" } },
      allowPositionals: true,
    });
  } catch (cause) {
    throw wrong(command, optionFault(cause as NodeJS.ErrnoException, command));
  }
}

/** What Node says of an option, in our words. */
function optionFault({ code, message }: NodeJS.ErrnoException, { options }: Command): string {
  const [, option = ""] = /'(?:-\w, )?(-[^' ]*)/.exec(message) ?? [];
  if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
    return `there is no option ${option}${closest(option, Object.keys(options).map(flagOf))}`;
  }
  return message.includes("does not take") ? `${option} takes no value` : `${option} wants a value`;
}

function valueGiven(
  member: string,
  { kind, isRequired, value }: Option<unknown>,
  { command, given }: { command: Command; given: unknown },
): unknown {
  if (given === undefined && isRequired)
    throw wrong(command, `${flagOf(member)} ${value} is missing`);
  if (kind === "flag") return given === true;
  return kind === "many" ? (given ?? []) : given;
}

function argumentOf(command: Command, positionals: readonly string[]): string {
  const [argument, ...more] = command.argument === undefined ? ["", ...positionals] : positionals;
  if (more[0] !== undefined) throw wrong(command, `${more[0]} is too much`);
  if (argument === undefined) throw wrong(command, `${command.argument} is missing`);
  return argument;
}

function wrong({ name }: Command, fault: string): Failure {
  return new Failure("usage", `akm ${name}: ${fault}; akm ${name} --help lists its options`);
}
