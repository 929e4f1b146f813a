import { join } from "node:path";
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

/** One client of other people, and what its script has to print. */
export interface Peer {
  /** Also the name of its folder. */
  readonly name: string;
  /** Product and version, as its registry calls it. */
  readonly client: string;
  /** Why it is skipped where `needs` fails. */
  readonly missing: string;
  readonly kit: (place: Place) => Kit;
  /** The protocol versions that it is played in. */
  readonly versions: readonly string[];
  /** The lines that it prints, one for each step that held. */
  readonly steps: readonly string[];
}

/** A Go module, built by the Go that is there. */
export function go({ work }: Place): Kit {
  const program = join(work, "life");
  return {
    needs: ["go", "list", "-m"],
    prepare: [
      ["go", "mod", "download"],
      ["go", "build", "-o", program, "."],
    ],
    run: [program],
    env: { GOTOOLCHAIN: "local", GOFLAGS: "-mod=readonly -buildvcs=false" },
  };
}
