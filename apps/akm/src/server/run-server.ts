import { once } from "node:events";
import { createClosers } from "../closers.ts";
import { Failure } from "../failure.ts";
import { type ServerRequest, startServer } from "./start-server.ts";

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
