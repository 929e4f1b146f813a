import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runAkm, serveAkm } from "../../../apps/akm/test/support/akm.ts";
import type { Access } from "./good-client.ts";

/** A server in a new folder, while `use` uses it. */
export interface Served {
  readonly pid: number;
  /** A certificate for a user, and where to go with it. */
  access(user: string): Promise<Access>;
}

/** Starts akm in a folder of its own, and ends both after `use`; tells the lines that it logged. */
export async function withServer(use: (served: Served) => Promise<void>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "akm slow "));
  const data = join(folder, "data");
  try {
    await run("init", "--data", data);
    const server = await serveAkm(data);
    const port = Number(server.kmip.split(":")[1]);
    try {
      await use({
        pid: server.child.pid as number,
        access: async (user) => ({ port, ...(await issue(data, user, join(folder, user))) }),
      });
    } finally {
      await server.stop();
    }
    return server.output.stderr;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function issue(data: string, user: string, out: string): Promise<Omit<Access, "port">> {
  await run("cert", "issue", "--data", data, "--cn", user, "--out", out);
  const read = (name: string) => readFileSync(join(out, name), "utf8");
  return { ca: read("ca.pem"), cert: read("cert.pem"), key: read("key.pem") };
}

async function run(...args: readonly string[]): Promise<void> {
  const { code, stderr } = await runAkm(args);
  if (code !== 0) throw new Error(`akm ${args[0]}: ${stderr}`);
}
