import type pg from "pg";

/** The server process behind a connection: its number, and when it started, since numbers come again. */
export interface Backend {
  readonly pid: number;
  readonly startedAt: string;
}

/** A connection in use. */
export interface Session {
  readonly client: pg.PoolClient;
  readonly backend: Backend;
}
