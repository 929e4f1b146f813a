import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ConnectionSettings } from "@akm/store-postgres";
import { startEmbeddedPostgres } from "@akm/store-postgres/embedded";
import { expect, onTestFinished, test, vi } from "vitest";
import { runAkm, serveAkm, temporaryFolder } from "./support/akm.ts";
import { asOlder } from "./support/older-postgres.ts";
import { line } from "./support/refusal.ts";

vi.setConfig({ testTimeout: 30_000 });

const ports = ["--port", "0", "--admin-port", "0"];

/** A PostgreSQL that is not akm's own, and its URL; ends with the test. */
async function startOther(settings: Readonly<Record<string, string>> = {}) {
  const server = await startEmbeddedPostgres({ directory: temporaryFolder(), settings });
  onTestFinished(() => server.stop());
  return { ...server, url: urlOf(server.connection) };
}

function urlOf({ host = "", user, database }: ConnectionSettings): string {
  return `postgres://${user}@${encodeURIComponent(host)}/${database}`;
}

test("a database that is down is refused, its password shown to nobody", async () => {
  const data = temporaryFolder();
  const url = "postgres://akm:secret@127.0.0.1:1/akm";
  const refused = await runAkm(["serve", "--data", data, ...ports, "--database", url]);
  expect(refused).toMatchObject({
    code: 8,
    ...line(/^akm: .*ECONNREFUSED.*: see \[database\] url/),
  });
  expect(refused.stderr).not.toContain("secret");
  expect(readdirSync(data)).not.toContain("master.key");
});

test("a database that is too old is refused before anything is made in it", async () => {
  const data = temporaryFolder();
  const { connection, url } = await startOther();
  const port = await asOlder(connection);
  const { user, database } = connection;
  const old = `postgres://${user}@127.0.0.1:${port}/${database}`;
  expect(await runAkm(["serve", "--data", data, ...ports, "--database", old])).toMatchObject({
    code: 8,
    ...line(
      "the server is PostgreSQL 14.9: akm needs 15 or newer: see [database] url in akm.conf, or --database",
    ),
  });
  expect(readdirSync(data)).not.toContain("master.key");
  // Once there is a newer one, the first run goes on where it was.
  const server = await serveAkm(data, ["--database", url]);
  expect(server.output.stdout).toContain("made a new installation");
  expect(await server.stop()).toMatchObject({ code: 0 });
});

test("a database that can lose what it acknowledged is refused, unless the operator insists; one that goes away is told", async () => {
  const unsafe = await startOther({ fsync: "off" });
  const data = temporaryFolder();
  const args = ["serve", "--data", data, ...ports, "--database", unsafe.url];
  expect(await runAkm(args)).toMatchObject({ code: 8, ...line(/^akm: fsync is off/) });
  writeFileSync(join(data, "akm.conf"), "[database]\nunsafe_durability = Y\n");
  const server = await serveAkm(data, ["--database", unsafe.url]);
  const ready = () => fetch(`http://${server.admin}/health/ready`);
  expect((await ready()).status).toBe(200);
  await unsafe.stop();
  const response = await ready();
  expect({ status: response.status, body: await response.json() }).toEqual({
    status: 503,
    body: { live: true, ready: false, reasons: [expect.stringMatching(/./)] },
  });
  await server.stop();
  expect(existsSync(join(data, "pg18"))).toBe(false);
});
