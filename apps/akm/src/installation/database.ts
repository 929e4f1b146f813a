import type { Log } from "@akm/kmip-server";
import { type Store, StoreError } from "@akm/store";
import { type Connection, createPostgresStore, migrate } from "@akm/store-postgres";
import { startEmbeddedPostgres } from "@akm/store-postgres/embedded";
import type { Closers } from "../closers.ts";
import type { Config } from "../config.ts";
import { Failure } from "../failure.ts";

/** Where the keys are to lie. */
export interface DatabaseOptions {
  /** The data folder, where akm's own PostgreSQL runs unless `[database] url` names another one. */
  readonly root: string;
  readonly config: Config["database"];
  readonly log: Log;
  /** Learns what has to be closed, whether the rest succeeds or not. */
  readonly closers: Closers;
}

/** A database that is ready. */
export interface OpenDatabase {
  readonly store: Store;
  /** Resolves when akm's own PostgreSQL ends; never, where another one is used. */
  readonly ended: Promise<void>;
}

/**
 * Starts or reaches the database, brings its schema up to date and opens the store.
 *
 * @throws Failure `database`
 */
export async function openDatabase(options: DatabaseOptions): Promise<OpenDatabase> {
  const { config, closers } = options;
  const log = (event: string, fields: Readonly<Record<string, unknown>>) =>
    options.log("debug", event, fields);
  try {
    const { connection, ended } = await findDatabase(options);
    await migrate({ connection, log });
    const { unsafeDurability } = config;
    const store = await createPostgresStore({ connection, unsafeDurability, log });
    closers.add(() => store.close());
    return { store, ended };
  } catch (error) {
    throw error instanceof StoreError ? databaseFailure(error, config.url) : error;
  }
}

async function findDatabase({
  root,
  config,
  log,
  closers,
}: DatabaseOptions): Promise<{ connection: Connection; ended: Promise<void> }> {
  if (config.url !== undefined) return { connection: config.url, ended: new Promise(() => {}) };
  const server = await startEmbeddedPostgres({
    directory: root,
    log: (event, fields) => log("debug", event, fields),
  });
  closers.add(() => server.stop());
  return server;
}

function databaseFailure(error: StoreError, url: string | undefined): Failure {
  const mend = url === undefined ? "" : ": see [database] url in akm.conf, or --database";
  return new Failure("database", `${error.message}${mend}`, { cause: error });
}
