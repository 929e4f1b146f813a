import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPostgresStore, migrate } from "@akm/store-postgres";
import { startEmbeddedPostgres } from "@akm/store-postgres/embedded";
import { expect, onTestFinished, test } from "vitest";
import { creation } from "./support/rows.ts";

test("nothing that was acknowledged is lost when the database is killed during commits", async () => {
  const directory = await mkdtemp(join(tmpdir(), "akm-test-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const acknowledged: string[] = [];
  const refused: string[] = [];

  for (let round = 0; round < 2; round++) {
    const server = await startEmbeddedPostgres({ directory });
    await migrate({ connection: server.connection });
    const store = await createPostgresStore({
      connection: server.connection,
      unknownAfterMs: 100,
    });
    expect((await store.read(acknowledged)).size).toBe(acknowledged.length);
    expect((await store.read(refused)).size).toBe(0);

    let alive = true;
    const writers = Array.from({ length: 12 }, async (_, writer) => {
      for (let at = 0; alive; at++) {
        const id = `${round} ${writer} ${at}`;
        const { outcome } = await store.commit(creation(id));
        if (outcome === "committed") acknowledged.push(id);
        else if (outcome === "failed") refused.push(id);
        if (outcome !== "committed") return;
        if (writer === 0 && at === 25) process.kill(server.pid, "SIGKILL");
      }
    });
    await server.ended;
    alive = false;
    await Promise.all(writers);
    await store.close();
    await server.stop();
  }

  const server = await startEmbeddedPostgres({ directory });
  const store = await createPostgresStore({ connection: server.connection });
  expect((await store.read(acknowledged)).size).toBe(acknowledged.length);
  expect((await store.read(refused)).size).toBe(0);
  await store.close();
  await server.stop();
}, 30_000);
