import type { CommandLine } from "./run.ts";

/** Where a client's script lies, and an empty folder for what is built of it. */
export interface Place {
  readonly folder: string;
  readonly work: string;
}

/** The commands of one client, run in the folder of its script. */
export interface Kit {
  /** Succeeds where the client's language is installed. */
  readonly needs: CommandLine;
  /** Fetch and build. */
  readonly prepare: readonly CommandLine[];
  /** The script; HOST PORT FOLDER VERSION come behind it. */
  readonly run: CommandLine;
  readonly env: Readonly<Record<string, string>>;
}

/** How a language's programs are fetched, built and run. */
export interface Language {
  /** Why a client is skipped where `needs` fails. */
  readonly missing: string;
  kit(place: Place): Kit;
}

/** One client of other people, and what its script has to print. */
export interface Peer {
  /** Also the name of its folder. */
  readonly name: string;
  /** Product and version, as its registry calls it. */
  readonly client: string;
  readonly language: Language;
  /** The protocol versions that it is played in. */
  readonly versions: readonly string[];
  /** The lines that it prints, one for each step that held. */
  readonly steps: readonly string[];
}
