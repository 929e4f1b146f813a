export type { Merging } from "./committer.ts";
export type { Connection, ConnectionSettings } from "./hosts.ts";
export type { Log } from "./log.ts";
export { type MigrateOptions, migrate } from "./migrate.ts";
export { createPostgresStore, type PostgresStoreOptions } from "./postgres-store.ts";
