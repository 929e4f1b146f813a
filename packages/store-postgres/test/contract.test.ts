import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Store } from "@akm/store";
import { contract } from "@akm/store/contract";
import { type ConnectionSettings, createPostgresStore } from "@akm/store-postgres";
import { startEmbeddedPostgres } from "@akm/store-postgres/embedded";
import { beforeAll, beforeEach, describe, inject, test } from "vitest";
import { makeDatabase, type TestDatabase } from "./support/database.ts";

/** The oldest PostgreSQL that akm supports, where the system has it. */
const oldest = "/usr/lib/postgresql/15/bin";

describe("the contract holds on the embedded PostgreSQL", () => {
  walk(async () => ({ connection: inject("server"), end: async () => undefined }));
});

describe.skipIf(!existsSync(oldest))(
  `the contract holds on PostgreSQL 15 (skipped without ${oldest})`,
  () => {
    walk(async () => {
      const directory = await mkdtemp(join(tmpdir(), "akm-test-"));
      const server = await startEmbeddedPostgres({ directory, binaries: oldest });
      const end = async () => {
        await server.stop();
        await rm(directory, { recursive: true, force: true });
      };
      return { connection: server.connection, end };
    });
  },
);

interface RunningServer {
  readonly connection: ConnectionSettings;
  end(): Promise<void>;
}

/** Declares a test for each promise, all on one database that is emptied before each. */
function walk(start: () => Promise<RunningServer>): void {
  let database: TestDatabase;
  let store: Store;

  beforeAll(async () => {
    const server = await start();
    database = await makeDatabase(server.connection);
    store = await createPostgresStore({ connection: database.connection });
    return async () => {
      await store.close();
      await database.drop();
      await server.end();
    };
  });

  beforeEach(() => database.clear());

  for (const { title, check } of contract) test(title, () => check(store));
}
