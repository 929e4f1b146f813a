import { exitCodes, Failure } from "../failure.ts";
import type { Command, Surroundings } from "./command.ts";
import { commandHelp, helpText } from "./help.ts";
import { parseCommand } from "./parse.ts";

/** What a command line runs on. */
export interface CommandLine {
  readonly commands: readonly Command[];
  readonly version: string;
  readonly surroundings: Surroundings;
}

/** Runs what the arguments ask for; returns the exit code. What an operator can mend is one line each on standard error. */
export async function runCommandLine(args: readonly string[], line: CommandLine): Promise<number> {
  const { commands, version, surroundings } = line;
  const [first = "help"] = args;
  try {
    if (["help", "--help", "-h"].includes(first)) surroundings.print(help(args.slice(1), commands));
    else if (first === "--version") surroundings.print(version);
    else await runCommand(args, line);
    return 0;
  } catch (error) {
    if (!(error instanceof Failure)) {
      surroundings.write(`akm: a defect of akm: ${(error as Error).stack}\n`);
      return exitCodes.defect;
    }
    for (const text of error.message.split("\n")) surroundings.write(`akm: ${text}\n`);
    return exitCodes[error.kind];
  }
}

async function runCommand(args: readonly string[], line: CommandLine): Promise<void> {
  const { command, values, argument, wantsHelp } = parseCommand(args, line.commands);
  if (wantsHelp) line.surroundings.print(commandHelp(command));
  else await command.run(values, line.surroundings, argument);
}

/** `akm help cert issue` tells the options of one command. */
function help(words: readonly string[], commands: readonly Command[]): string {
  if (words.length === 0) return helpText(commands);
  return commandHelp(parseCommand([...words, "--help"], commands).command);
}
