import { clockColumn } from "./change-statement.ts";
import type { Clock } from "./clock.ts";
import type { Connections } from "./connections.ts";
import type { Log } from "./log.ts";

/** Days for which audit partitions stand ahead. */
const daysAhead = 7;
const hourMs = 3_600_000;
const heartbeatMs = 1000;
const heartbeatDeadlineMs = 2000;

/** Asks for the server's time. */
export async function hearClock(connections: Connections, clock: Clock): Promise<void> {
  await connections.use(async ({ client }) => {
    const sentAt = clock.monotonic();
    const question = { name: "clock", text: `select ${clockColumn}` };
    const { rows } = await client.query<{ clock: number }>(question);
    if (rows[0] !== undefined) clock.heard(rows[0].clock, sentAt);
  }, heartbeatDeadlineMs);
}

/** Makes the coming days' partitions; where that fails, records lie in the default one. */
export async function makeAuditDays(connections: Connections, log: Log): Promise<void> {
  try {
    await connections.use(({ client }) =>
      client.query("select akm.make_audit_days($1)", [daysAhead]),
    );
  } catch (error) {
    log("audit.days", { error });
  }
}

/** The clock's heartbeat, and each hour the partitions. Returns how to stop them. */
export function startChores(connections: Connections, clock: Clock, log: Log): () => void {
  // A heartbeat that fails says nothing: the clock itself tells when it was not heard for too long.
  const beat = () => hearClock(connections, clock).catch(() => undefined);
  const stops = [repeat(heartbeatMs, beat), repeat(hourMs, () => makeAuditDays(connections, log))];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Does it again and again, so long after the time before had ended; keeps no process alive. */
function repeat(afterMs: number, work: () => Promise<unknown>): () => void {
  let timer = setTimeout(next, afterMs).unref();
  let isStopped = false;

  async function next(): Promise<void> {
    await work();
    if (!isStopped) timer = setTimeout(next, afterMs).unref();
  }

  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
