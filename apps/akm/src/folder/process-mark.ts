import { readFileSync } from "node:fs";

/** A process, told apart from a later one with the same number. */
export interface ProcessMark {
  readonly pid: number;
  /** Boot and clock tick of its start; empty where the system does not say. */
  readonly started: string;
}

/** The mark of a process; `undefined` where there is none of that number. */
export function markOf(pid: number): ProcessMark | undefined {
  if (!isThere(pid)) return undefined;
  const status = readStatus(pid);
  // A zombie is dead; it only waits for its parent to hear of it.
  if (status?.state === "Z") return undefined;
  return { pid, started: status === undefined ? "" : `${status.boot} ${status.startTick}` };
}

/** Whether the process that was marked still lives. */
export function isAlive({ pid, started }: ProcessMark): boolean {
  return markOf(pid)?.started === started;
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's process cannot be signalled, but it is there.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** What Linux says of a process; other systems have no /proc, there the number has to do. */
function readStatus(pid: number) {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
    const status = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The second field is the program's name in brackets, which may hold anything; the third is the state.
    const fields = status.slice(status.lastIndexOf(")") + 2).split(" ");
    return { boot, state: fields[0], startTick: fields[19] };
  } catch {
    return undefined;
  }
}
