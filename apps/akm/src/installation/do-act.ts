import { setTimeout as delay } from "node:timers/promises";
import { askServer } from "../control/ask-server.ts";
import { Failure } from "../failure.ts";
import { isBegun } from "../folder/data-folder.ts";
import type { ActRequest } from "./do-here.ts";

// A server that starts holds the lock before it listens, and another command holds it only as long as it works.
const patienceMs = 15_000;
const pauseMs = 100;

/** Has the running server do it, or does it here where none runs. */
export async function doAct(request: ActRequest): Promise<unknown> {
  const { name, argument, folder } = request;
  if (!isBegun(folder)) {
    const mend = "make one with akm init, or name it with --data";
    throw new Failure("folder", `${folder.root}: there is no akm in it: ${mend}`);
  }
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    const answer = await askServer(folder.socket, { act: name, arguments: argument });
    if (answer !== undefined) return answer.result;
    try {
      // Beside a running server a command need not load a whole one.
      const { doHere } = await import("./do-here.ts");
      return await doHere(request);
    } catch (error) {
      const isHeld = error instanceof Failure && error.kind === "inUse";
      if (!isHeld || waitedMs >= patienceMs) throw error;
      await delay(pauseMs);
    }
  }
}
