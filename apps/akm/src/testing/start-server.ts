import { once } from "node:events";
import { MessageChannel, Worker } from "node:worker_threads";
import type { Ask, Question, Ready, Reply, ThreadData } from "./protocol.ts";

/** How a server for tests is to be; nothing need be said. */
export interface TestServerOptions {
  /**
   * Lines as in `akm.conf`, such as `[policy]\nget_compromised = N`. Addresses, ports, files and the database in them
   * do not count: the server has its own.
   */
  readonly settings?: string;
  /** Whether KMIP over HTTPS is served as well. */
  readonly https?: boolean;
  /** Takes each line of the log, its end included: a refused certificate says there what is wrong with it. */
  readonly log?: (line: string) => void;
}

/** A client's certificate and key, and the authority that it trusts, all PEM: as Node's TLS options name them. */
export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
}

/** A KMIP server that serves. */
export interface TestServer extends AsyncDisposable {
  /** An address of loopback; the server's certificate names it, and `localhost`. */
  readonly host: string;
  readonly port: number;
  /** `undefined` unless `https` was asked for. */
  readonly httpsPort: number | undefined;
  /** The certificate of the authority that issued the server's, PEM. */
  readonly ca: string;
  /** Makes a certificate for a user and its groups. @throws Error for a name that cannot stand in one */
  issue(commonName: string, groups?: readonly string[]): Promise<ClientCertificate>;
  /** Ends it, and with it every connection and key. Once is enough; more does no harm. */
  stop(): Promise<void>;
}

/**
 * Starts an akm for a test, on a free port of loopback. It is the server that `akm serve` runs, but its keys are in
 * memory: nothing is written anywhere, and nothing outlives the process. It runs in a thread of its own, so that a
 * test may wait for other programs without stopping it, and a forgotten one keeps no process alive.
 *
 * @throws Error naming the setting that cannot stand
 */
export async function startServer(options: TestServerOptions = {}): Promise<TestServer> {
  const worker = startThread(options);
  const [ready] = (await once(worker, "message")) as [Ready];
  const thread = { worker, ended: new Promise<void>((end) => worker.once("exit", () => end())) };
  worker.unref();
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= stopThread(thread));
  return {
    ...ready,
    issue: (commonName, groups = []) =>
      ask(thread, { act: "issue", commonName, groups }) as Promise<ClientCertificate>,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** What the thread runs: compiled or not, as this file is. The flags of the test's own process are not for it. */
const program = import.meta.url.endsWith(".ts")
  ? { file: new URL("./thread.ts", import.meta.url), flags: ["--conditions=akm-source"] }
  : { file: new URL("./thread.js", import.meta.url), flags: [] };

interface Thread {
  readonly worker: Worker;
  readonly ended: Promise<void>;
}

function startThread({ settings = "", https = false, log }: TestServerOptions): Worker {
  const { port1, port2 } = new MessageChannel();
  if (log !== undefined) port1.on("message", log).unref();
  const workerData: ThreadData = { settings, https, log: log && port2 };
  const transferList = log === undefined ? [] : [port2];
  return new Worker(program.file, { execArgv: program.flags, workerData, transferList });
}

async function stopThread(thread: Thread): Promise<void> {
  await ask(thread, { act: "stop" });
  await thread.worker.terminate();
}

/** Asks the thread, and waits for its answer: until then the process stays. */
async function ask({ worker, ended }: Thread, what: Ask): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  const question: Question = { ask: what, reply: port2 };
  worker.postMessage(question, [port2]);
  const answered = once(port1, "message") as Promise<[Reply]>;
  const gone = ended.then((): [Reply] => [{ error: new Error("the server has stopped") }]);
  const [reply] = await Promise.race([answered, gone]);
  port1.close();
  if ("error" in reply) throw reply.error;
  return reply.value;
}
