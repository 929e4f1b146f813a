import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makePki, type TestPki } from "@akm/pki/testing";
import { freePort } from "./free-port.ts";

/** Debian's Python, to which its package python3-pykmip belongs. */
const python = "/usr/bin/python3";

/** Whether PyKMIP is there. */
export function hasPyKmip(): boolean {
  return spawnSync(python, ["-c", "import kmip"]).status === 0;
}

const program = `
import sys
from kmip.services.server import KmipServer
port, folder = int(sys.argv[1]), sys.argv[2]
server = KmipServer(
    hostname="127.0.0.1", port=port, auth_suite="TLS1.2", enable_tls_client_auth=True,
    certificate_path=folder + "/server.pem", key_path=folder + "/server.key", ca_path=folder + "/ca.pem",
    config_path=None, policy_path=None, log_path=folder + "/log", database_path=folder + "/db")
with server:
    print("ready", flush=True)
    server.serve()
`;

/** A server of PyKMIP that accepts connections. */
export interface PyKmip {
  /** Issues certificates that it trusts. */
  readonly pki: TestPki;
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts one with certificates of its own, in a folder that goes with it. */
export async function startPyKmip(): Promise<PyKmip> {
  const pki = await makePki(new Date());
  const folder = await mkdtemp(join(tmpdir(), "akm-pykmip-"));
  await writeFile(join(folder, "server.pem"), pki.server.certificatePem);
  await writeFile(join(folder, "server.key"), pki.server.keyPem);
  await writeFile(join(folder, "ca.pem"), pki.authority.certificatePem);
  const port = await freePort();
  // A group of its own: the server forks, and what it has forked must end with it.
  const args = ["-c", program, String(port), folder];
  const child = spawn(python, args, { cwd: folder, detached: true });
  await ready(child);
  return {
    pki,
    port,
    async stop() {
      const ended = once(child, "close");
      process.kill(-(child.pid as number), "SIGKILL");
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

function ready(child: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let said = "";
  child.stdout?.on("data", () => resolve());
  child.stderr?.on("data", (chunk) => {
    said += chunk;
  });
  child.once("exit", () => reject(new Error(`PyKMIP did not start: ${said}`)));
  return promise;
}
