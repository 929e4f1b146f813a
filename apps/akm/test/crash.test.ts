import { randomInt } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  databasesOf,
  postmasterOf,
  runAkm,
  type Server,
  serveAkm,
  temporaryFolder,
  until,
} from "./support/akm.ts";
import { clientOf } from "./support/client.ts";
import { type Difference, differences, settle } from "./support/crash/compare.ts";
import { createLedger } from "./support/crash/ledger.ts";
import { ask, type Open, writeUntilGone } from "./support/crash/writer.ts";

/** How often each of the two is killed; `tooling/drills/kill.drill.ts` asks for more. */
const serverKills = Number(process.env["AKM_SERVER_KILLS"] ?? 20);
const databaseKills = Number(process.env["AKM_DATABASE_KILLS"] ?? 2);
const connections = 4;

const data = temporaryFolder(undefined, afterAll);
const folder = join(data, "client");
const ledger = createLedger();
let server: Server;

beforeAll(async () => {
  server = await serveAkm(data);
  await runAkm(["cert", "issue", "--data", data, "--cn", "array-7", "--out", folder]);
});
afterAll(async () => {
  expect(await server.stop()).toMatchObject({ code: 0 });
  expect(databasesOf(data)).toEqual([]);
});

test.each([
  { what: "server", kills: serverKills, pidOf: () => Number(server.child.pid) },
  { what: "database", kills: databaseKills, pidOf: () => postmasterOf(data) },
])(
  "nothing acknowledged is lost when the $what is killed $kills times",
  async (row) => {
    const before = ledger.acknowledged;
    const restartsMs: number[] = [];
    const wrong: Difference[] = [];
    for (let kill = 0; kill < row.kills; kill++) {
      const open = await killWhileWriting(row.pidOf);
      restartsMs.push(await restart());
      const client = clientOf(server.kmip, folder);
      for (const change of open) wrong.push(...(await settle(client, ledger, change)));
      wrong.push(...(await differences(client, ledger, ledger.takeChanged())));
    }
    const all = [...ledger.kept.keys()];
    wrong.push(...(await differences(clientOf(server.kmip, folder), ledger, all)));
    print(row.what, { acknowledged: ledger.acknowledged - before, wrong, restartsMs });
    expect(wrong).toEqual([]);
  },
  60_000 + 10_000 * (serverKills + databaseKills),
);

test("every key that is left can be destroyed, and then nothing is left", async () => {
  const client = clientOf(server.kmip, folder);
  for (const id of ledger.kept.keys()) await ask(client, { act: "destroy", id });
  expect(await differences(client, createLedger(), [])).toEqual([]);
});

/** Kills a process while keys are changed, soon after some change was acknowledged; gives the changes that are open then. */
async function killWhileWriting(pidOf: () => number): Promise<readonly Open[]> {
  const enough = ledger.acknowledged + randomInt(5, 60);
  const writers = Array.from({ length: connections }, () =>
    writeUntilGone(clientOf(server.kmip, folder), ledger),
  );
  await Promise.race([until(() => ledger.acknowledged >= enough), ...writers]);
  process.kill(pidOf(), "SIGKILL");
  const open = await Promise.all(writers);
  await server.ended;
  return open.filter((change) => change !== undefined);
}

/** How many milliseconds it took until the next server was ready. */
async function restart(): Promise<number> {
  const begun = performance.now();
  server = await serveAkm(data);
  return performance.now() - begun;
}

interface Figures {
  readonly acknowledged: number;
  readonly wrong: readonly Difference[];
  readonly restartsMs: readonly number[];
}

function print(what: string, { acknowledged, wrong, restartsMs }: Figures): void {
  const sorted = restartsMs.toSorted((one, other) => one - other).map(Math.round);
  const lines = [
    `${what}-kills ${sorted.length} times`,
    `${what}-kills.acknowledged ${acknowledged} changes`,
    `${what}-kills.wrong ${wrong.length} keys`,
    `${what}-kills.restart-median ${sorted[Math.floor(sorted.length / 2)]} ms`,
    `${what}-kills.restart-max ${sorted.at(-1)} ms`,
  ];
  console.log(lines.join("\n"));
}
