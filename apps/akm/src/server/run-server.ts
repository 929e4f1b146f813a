import { once } from "node:events";
import { createClosers } from "../closers.ts";
import type { Surroundings } from "../command-line/command.ts";
import type { GivenValue } from "../config/read-config.ts";
import { Failure } from "../failure.ts";
import type { DataFolder } from "../folder/data-folder.ts";
import { startServer } from "./start-server.ts";

/** What to serve. */
export interface ServerRequest {
  readonly folder: DataFolder;
  readonly overrides: readonly GivenValue[];
  readonly hosts: readonly string[];
  readonly surroundings: Surroundings;
}

/**
 * Serves until it is asked to stop, then ends everything that it started.
 *
 * @throws Failure what stood in the way, or `database` where akm's own PostgreSQL ended by itself
 */
export async function runServer(request: ServerRequest): Promise<void> {
  const stop = request.surroundings.whenStopped();
  const closers = createClosers();
  try {
    const { databaseEnded } = await startServer(request, closers);
    const stopped = stop.aborted ? Promise.resolve() : once(stop, "abort");
    await Promise.race([stopped, databaseEnded]);
    if (!stop.aborted)
      throw new Failure(
        "database",
        "akm's own PostgreSQL ended: start akm again; the log says more at [log] level debug",
      );
  } finally {
    await closers.close();
  }
}
