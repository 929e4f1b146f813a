import { setTimeout as delay } from "node:timers/promises";
import type { AuditReference } from "./change-statement.ts";
import type { Clock } from "./clock.ts";
import type { Connections } from "./connections.ts";
import type { Backend, Session } from "./session.ts";

/** What became of a change whose answer was lost. */
export type Resolution = "committed" | "absent" | "unknown";

interface Asking {
  readonly connections: Connections;
  readonly clock: Clock;
  readonly unknownAfterMs: number;
}

/** Milliseconds between two looks. */
const pauseMs = 100;

/**
 * Finds out by the change's audit record, on a verified primary. Found, and a commit after it acknowledged (so that whoever has to
 * confirm commits has confirmed this one): `committed`. Not found by a look after its backend was gone: `absent`. Neither for
 * `unknownAfterMs`: `unknown`.
 */
export async function resolve(
  { connections, clock, unknownAfterMs }: Asking,
  lost: { readonly audit: AuditReference | undefined; readonly backend: Backend },
): Promise<Resolution> {
  const { audit, backend } = lost;
  if (audit === undefined) return "unknown";
  const until = clock.monotonic() + unknownAfterMs;
  while (clock.monotonic() < until) {
    try {
      const look = async (session: Session) => {
        const gone = await isGone(session, backend);
        if (await stands(session, audit)) return fence(session);
        return gone ? "absent" : undefined;
      };
      const resolution = await connections.use(look, until - clock.monotonic());
      if (resolution !== undefined) return resolution;
    } catch {
      // The database cannot be asked now; it may be in a moment.
    }
    await delay(Math.min(pauseMs, Math.max(0, until - clock.monotonic())));
  }
  return "unknown";
}

/**
 * Whether the backend has ended; one that has not is told to, or the statement could still reach it. Asked before the look: a backend
 * that is gone can add nothing any more.
 */
async function isGone({ client }: Session, backend: Backend): Promise<boolean> {
  const { rowCount } = await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where pid = $1 and (backend_start = $2::timestamptz or backend_start is null)`,
    [backend.pid, backend.startedAt],
  );
  return rowCount === 0;
}

async function stands({ client }: Session, { id, at }: AuditReference): Promise<boolean> {
  const { rowCount } = await client.query("select from akm.audit where id = $1 and at = $2", [
    id,
    at,
  ]);
  return rowCount === 1;
}

/** Commits a message that nobody reads; a warning means that it was not confirmed, so neither was what stands before it. */
async function fence({ client }: Session): Promise<Resolution | undefined> {
  let warned = false;
  const note = () => {
    warned = true;
  };
  client.on("notice", note);
  try {
    await client.query("select pg_logical_emit_message(true, 'akm', '')");
  } finally {
    client.off("notice", note);
  }
  return warned ? undefined : "committed";
}
