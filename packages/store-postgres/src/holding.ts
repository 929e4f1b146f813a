import { StoreError } from "@akm/store";
import type { Log } from "./log.ts";
import type { Session } from "./session.ts";

/** A connection that is ours: in use until `dueAt`, or waiting for its next use. */
export interface HeldSession extends Session {
  dueAt: number;
  /** Why it must not be used again. */
  doubt: Error | undefined;
  /** Hears of the connection's faults as long as it is ours. */
  readonly hear: (error: Error) => void;
}

/**
 * Connections of a pool that stay at hand after their first use, so that the next one costs nothing. They go back to the pool where
 * somebody waits there, where they are in doubt, and in the end.
 */
export interface Holding {
  /** A connection, ended where it is not given back in time. Rejects where none can be opened. */
  take(deadlineMs: number): Promise<HeldSession>;
  giveBack(session: HeldSession): void;
  /** Gives back what is at hand, and from now on whatever comes back. */
  close(): void;
}

/** Where connections come from. */
export interface HoldingOptions {
  open(): Promise<Session>;
  /** Whether somebody waits for a connection that we hold. */
  isWanted(): boolean;
  readonly log: Log;
}

/** Milliseconds between two looks for what is overdue. */
const watchMs = 100;

/** Holds nothing yet. */
export function createHolding({ open, isWanted, log }: HoldingOptions): Holding {
  const idle: HeldSession[] = [];
  const busy = new Set<HeldSession>();
  const watch = setInterval(() => endOverdue(busy), watchMs).unref();
  let isOpen = true;

  function hold({ client, backend }: Session): HeldSession {
    const hear = (error: Error) => {
      session.doubt ??= error;
      const at = idle.indexOf(session);
      if (at < 0) return;
      idle.splice(at, 1);
      log("connection.lost", { error });
      release(session);
    };
    const session: HeldSession = { client, backend, dueAt: 0, doubt: undefined, hear };
    client.on("error", hear);
    return session;
  }

  return {
    async take(deadlineMs) {
      const session = idle.pop() ?? hold(await open());
      session.dueAt = performance.now() + deadlineMs;
      busy.add(session);
      return session;
    },
    giveBack(session) {
      busy.delete(session);
      if (isOpen && isSound(session) && !isWanted()) idle.push(session);
      else release(session);
    },
    close() {
      isOpen = false;
      clearInterval(watch);
      for (const session of idle.splice(0)) release(session);
    },
  };
}

/** Not in doubt, and in no transaction. */
function isSound({ client, doubt }: HeldSession): boolean {
  return doubt === undefined && client.getTransactionStatus() === "I";
}

function release(session: HeldSession): void {
  const { client, doubt, hear } = session;
  client.off("error", hear);
  client.release(doubt ?? !isSound(session));
}

/** Ends the connections whose time is up: what was asked on them fails. */
function endOverdue(busy: ReadonlySet<HeldSession>): void {
  const now = performance.now();
  for (const session of busy) {
    if (session.dueAt > now || session.doubt !== undefined) continue;
    session.doubt = new StoreError("Unavailable", "no answer from the database in time");
    void session.client.end();
  }
}
