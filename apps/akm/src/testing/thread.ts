// Runs a server for `startServer`, which tells this thread how by `workerData`, and asks it by messages.
import { parentPort, workerData } from "node:worker_threads";
import { silent } from "@akm/kmip-server";
import { readConfig } from "../config/read-config.ts";
import { createLog } from "../log.ts";
import type { Question, Reply, ThreadData } from "./protocol.ts";
import { serveInMemory } from "./serve-in-memory.ts";

const { settings, https, log: lines } = workerData as ThreadData;
const config = readConfig({ file: "settings", text: settings });
const write = (line: string) => lines?.postMessage(line);
const log = lines === undefined ? silent : createLog(config.log, { isTerminal: false, write });

const server = await serveInMemory({ config, https, log });
parentPort?.on("message", ({ ask, reply }: Question) => {
  const answer = ask.act === "stop" ? server.close() : server.issue(ask.commonName, ask.groups);
  answer
    .then(
      (value): Reply => ({ value }),
      (error: unknown): Reply => ({ error }),
    )
    .then((said) => reply.postMessage(said));
});
parentPort?.postMessage(server.ready);
