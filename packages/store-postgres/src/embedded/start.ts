import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { totalmem } from "node:os";
import { resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { ConnectionSettings } from "../hosts.ts";
import { type Log, silence } from "../log.ts";
import { findBinaries } from "./binaries.ts";
import { prepareCluster } from "./cluster.ts";
import { createLauncher, placeOf } from "./launcher.ts";
import { inWords, refuse } from "./refuse.ts";
import { makeSocketFolder, removeSocketFolder } from "./socket-folder.ts";

/** What to start, and where. */
export interface EmbeddedPostgresOptions {
  /** The data folder: it stays the caller's, the database's files lie in `pg18` below it. Made where it is missing. */
  readonly directory: string;
  /** `bin` folder of another installation than the npm package's. */
  readonly binaries?: string;
  /** Settings of the server beyond those of akm, as `{ work_mem: "16MB" }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Hears what the server writes to its log, as event `postgres.log`. */
  readonly log?: Log;
}

/** A PostgreSQL server that this process started, reachable only over a local socket. */
export interface EmbeddedPostgres {
  /** What to hand to `migrate` and `createPostgresStore`. */
  readonly connection: ConnectionSettings;
  readonly pid: number;
  /** Resolves when the server has ended, stopped or not. */
  readonly ended: Promise<void>;
  /** Stops it: whatever was committed is on disk, open transactions are undone. */
  stop(): Promise<void>;
}

/** What akm asks of the server. Durability is PostgreSQL's default and named so that no file turns it off. */
const usualSettings = {
  listen_addresses: "",
  max_connections: "40",
  shared_buffers: `${sharedBuffersMiB()}MB`,
  fsync: "on",
  full_page_writes: "on",
  synchronous_commit: "on",
  wal_level: "replica",
  max_wal_size: "1GB",
  jit: "off",
  autovacuum_naptime: "10s",
  logging_collector: "off",
  log_destination: "stderr",
  // A refused change is an error to the server, and everyday business here: a line each, without ids and without its statement.
  log_error_verbosity: "terse",
  log_min_error_statement: "panic",
  log_parameter_max_length: "0",
};

/**
 * A sixteenth of the memory that this process may have, from 128 to 1024 MiB: 100,000 keys take up some 300 with their indexes. In a
 * container that is less than the machine's.
 */
function sharedBuffersMiB(): number {
  const allowed = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  return Math.min(1024, Math.max(128, Math.floor(allowed / 2 ** 20 / 16)));
}

/** Milliseconds after which a server that does not stop by itself is stopped at once; its next start recovers. */
const stopMs = 30_000;

/**
 * Starts an embedded PostgreSQL on a data folder, at the first time after making its files (about a second). As root it runs under
 * the first of the accounts akm, postgres, nobody. On Linux it stops, cleanly, when this process ends in whatever way; elsewhere
 * the next start stops what was left running.
 *
 * @throws StoreError `Unavailable`: no programs for this platform, no account, no space, a folder that cannot be used …
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const launcher = await createLauncher();
  const binaries = await findBinaries(launcher, options.binaries);
  const data = await prepareCluster(launcher, binaries, resolve(options.directory));
  const note = `${data}.socket`;
  const host = await makeSocketFolder(launcher.account, note);
  const settings = { ...usualSettings, ...options.settings, unix_socket_directories: host };
  const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  try {
    const { folder, cwd } = await placeOf(launcher.account, data);
    const start = () => launcher.start(binaries.postgres, ["-D", folder, ...args], cwd);
    const server = await startPatiently(start, data, options.log ?? silence);
    return {
      connection: { host, user: "akm", database: "postgres" },
      pid: server.pid ?? -1,
      ended: ended(server),
      async stop() {
        await stop(server);
        await removeSocketFolder(note);
      },
    };
  } catch (error) {
    await removeSocketFolder(note);
    throw error;
  }
}

/** After a postmaster was killed its backends take a moment to notice, and the lock is theirs for so long. */
async function startPatiently(
  start: () => ChildProcess,
  data: string,
  log: Log,
): Promise<ChildProcess> {
  for (let tries = 1; ; tries++) {
    const server = start();
    const output = await readyOrOutput(server, log);
    if (output === undefined) return server;
    const isHeld = /lock file .* already exists|pre-existing shared memory/.test(output);
    if (!isHeld || tries === 50) refuse(inWords(output, data));
    await delay(100);
  }
}

/** `undefined` once the server takes connections, its output where it ends before. */
function readyOrOutput(server: ChildProcess, log: Log): Promise<string | undefined> {
  let output = "";
  return new Promise((tell) => {
    server.once("error", (error) => tell(error.message));
    server.once("close", () => tell(output));
    server.stderr?.setEncoding("utf8").on("data", (text: string) => {
      output = (output + text).slice(-8192);
      if (output.includes("ready to accept connections")) tell(undefined);
      for (const line of text.split("\n")) if (line !== "") log("postgres.log", { line });
    });
  });
}

function isOver(server: ChildProcess): boolean {
  return server.exitCode !== null || server.signalCode !== null;
}

async function ended(server: ChildProcess): Promise<void> {
  if (!isOver(server)) await once(server, "exit");
}

async function stop(server: ChildProcess): Promise<void> {
  if (isOver(server)) return;
  const gone = ended(server);
  server.kill("SIGINT");
  const timer = setTimeout(() => server.kill("SIGQUIT"), stopMs);
  await gone;
  clearTimeout(timer);
}
