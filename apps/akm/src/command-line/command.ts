import type { Option, ValuesOf } from "./option.ts";

/** What a command may use of the world. */
export interface Surroundings {
  /** Writes a line to standard output. */
  readonly print: (line: string) => void;
  /** Writes to standard error, whole lines with their ends. */
  readonly write: (lines: string) => void;
  readonly now: () => Date;
  /** How to call this akm from a shell, for lines that name a command. */
  readonly self: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether standard error is a terminal. */
  readonly isTerminal: boolean;
  /** From this call on SIGTERM and SIGINT abort the signal instead of ending the process. */
  readonly whenStopped: () => AbortSignal;
  /** Calls back whenever the process is asked to take up its files anew. */
  readonly onReload: (reload: () => void) => void;
}

/** The options of a command, by their names as members. */
export type Options = Readonly<Record<string, Option<unknown>>>;

/** A command of the command line, as the table of commands holds it. */
export interface Command {
  /** `serve`, or two words: `cert issue`. */
  readonly name: string;
  /** A sentence for help. */
  readonly text: string;
  /** Name of the one argument without an option, where there is one. */
  readonly argument?: string;
  readonly options: Options;
  run(
    values: Readonly<Record<string, unknown>>,
    surroundings: Surroundings,
    argument: string,
  ): Promise<void>;
}

/** Declares a command; the values that `run` gets are typed by its options. */
export function command<const Own extends Options>(declared: {
  readonly name: string;
  readonly text: string;
  readonly argument?: string;
  readonly options: Own;
  run(values: ValuesOf<Own>, surroundings: Surroundings, argument: string): Promise<void>;
}): Command {
  return declared as Command;
}
