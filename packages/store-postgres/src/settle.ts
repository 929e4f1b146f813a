import { setTimeout as delay } from "node:timers/promises";
import { type Outcome, StoreError } from "@akm/store";
import { type ChangeStatement, changeStatement, type EncodedChange } from "./change-statement.ts";
import type { Clock } from "./clock.ts";
import type { Connections } from "./connections.ts";
import { isContention, mayHaveCommitted, sqlState, unavailable } from "./failure.ts";
import type { Log } from "./log.ts";
import { resolve } from "./resolve.ts";
import { jitterMs, triesMax } from "./retry.ts";
import type { Backend, Session } from "./session.ts";

/** What it takes to make a change and to learn its outcome. */
export interface Settling {
  readonly connections: Connections;
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds after which an outcome that cannot be found out is `unknown`. */
  readonly unknownAfterMs: number;
}

/** How one try ended. `untried`: nothing was sent; `refused`: the server undid it; `lost`: it may stand. */
type Attempt =
  | { readonly end: "committed" }
  | { readonly end: "untried" | "refused"; readonly error: unknown }
  | { readonly end: "lost"; readonly error: unknown; readonly backend: Backend };

/** Deadline of a change; the server's own timeouts do not fire while a commit waits for a standby. */
const commitDeadlineMs = 3000;

/** No try begins later than this after the first. */
const budgetMs = 10_000;

/** Makes these changes in one transaction, or tells why not; several have one fate, and one try. */
export async function settle(
  settling: Settling,
  changes: readonly EncodedChange[],
): Promise<Outcome> {
  const { clock } = settling;
  const statement = changeStatement(changes);
  const audit = changes.find((change) => change.audit !== undefined)?.audit;
  const tries = changes.length > 1 ? 1 : triesMax;
  const startedAt = clock.monotonic();
  let error: unknown;
  for (let tried = 1; tried <= tries; tried++) {
    const attempt = await attemptOnce(settling, statement);
    if (attempt.end === "committed") return { outcome: "committed" };
    error = attempt.error;
    if (attempt.end === "refused" && !isContention(error) && sqlState(error) !== "25006")
      return refusal(error);
    if (attempt.end === "lost") {
      const lost = { audit, backend: attempt.backend };
      const resolution = await resolve(settling, lost);
      settling.log("commit.resolved", { resolution, error });
      if (resolution === "committed") return { outcome: "committed" };
      if (resolution === "unknown") return { outcome: "unknown", error: unavailable(error) };
    }
    if (clock.monotonic() - startedAt > budgetMs) break;
    if (tried < tries) await delay(jitterMs(tried));
  }
  return { outcome: "failed", error: unavailable(error) };
}

async function attemptOnce(settling: Settling, statement: ChangeStatement): Promise<Attempt> {
  let backend: Backend | undefined;
  try {
    await settling.connections.use((session) => {
      backend = session.backend;
      return send(session, statement, settling.clock);
    }, commitDeadlineMs);
    return { end: "committed" };
  } catch (error) {
    if (backend === undefined) return { end: "untried", error };
    return mayHaveCommitted(error) ? { end: "lost", error, backend } : { end: "refused", error };
  }
}

/**
 * Sends the statement, which commits by itself: its answer is the commit's, once the server says that it is ready and in no
 * transaction. A warning beside it says that the commit was not confirmed by a standby.
 */
async function send(session: Session, statement: ChangeStatement, clock: Clock): Promise<void> {
  const { client } = session;
  let warning: string | undefined;
  const note = (notice: { code?: string | undefined }) => {
    warning ??= notice.code ?? "without a code";
  };
  client.on("notice", note);
  try {
    const sentAt = clock.monotonic();
    const result = await client.query<{ clock: number }>(statement);
    const row = result.rows[0];
    if (result.command !== "SELECT" || row === undefined || client.getTransactionStatus() !== "I")
      throw new StoreError("Unavailable", `the server answered ${result.command}, not committed`);
    if (warning !== undefined)
      throw new StoreError("Unavailable", `the commit came with the warning ${warning}`);
    clock.heard(row.clock, sentAt);
  } finally {
    client.off("notice", note);
  }
}

/** What the caller reads where the server undid the change for a reason of its own. */
function refusal(error: unknown): Outcome {
  const { detail = "", hint = "" } = error as { detail?: string; hint?: string };
  switch (sqlState(error)) {
    case "AK001":
      return { outcome: "conflict", on: "version", id: detail };
    case "AK002": {
      const claim = new Uint8Array(Buffer.from(detail, "hex"));
      return { outcome: "conflict", on: "claim", claim, owner: hint };
    }
    case "23505": {
      const text = "an audit record with this identifier stands already";
      return { outcome: "failed", error: new StoreError("Conflict", text, { cause: error }) };
    }
    default:
      return { outcome: "failed", error: error as Error };
  }
}
