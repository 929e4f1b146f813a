import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** Debian's Python, to which its package python3-pykmip belongs. */
export const python = "/usr/bin/python3";

/** Whether PyKMIP is there; where everything must be checked it has to be. */
export function hasPyKmip(): boolean {
  return process.env["CI"] !== undefined || spawnSync(python, ["-c", "import kmip"]).status === 0;
}

/** Writes the configuration of a PyKMIP client beside the files that `akm cert issue` wrote; gives its path. */
export function configurePyKmip(
  kmip: string,
  folder: string,
  more: Readonly<Record<string, string>> = {},
): string {
  const [host = "", port = ""] = kmip.split(":");
  const settings = {
    host,
    port,
    certfile: join(folder, "cert.pem"),
    keyfile: join(folder, "key.pem"),
    ca_certs: join(folder, "ca.pem"),
    cert_reqs: "CERT_REQUIRED",
    ssl_version: "PROTOCOL_SSLv23",
    do_handshake_on_connect: "True",
    suppress_ragged_eofs: "True",
    ...more,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  const path = join(folder, `pykmip-${port}${Object.keys(more).join("-")}.conf`);
  writeFileSync(path, `[client]\n${lines.join("")}`);
  return path;
}

/** A Python program that runs. */
export interface PythonRun {
  readonly child: ChildProcess;
  readonly output: { stdout: string; stderr: string };
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

/** Starts one of the scripts in `test/pykmip`. It gets `input` and ends with the test. */
export function startScript(name: string, args: readonly string[], input = ""): PythonRun {
  const script = fileURLToPath(new URL(`../pykmip/${name}.py`, import.meta.url));
  return startPython([script, ...args], input);
}

/** Starts one of the programs that come with PyKMIP, as `units/create`, with a configuration. */
export function startDemo(name: string, config: string, args: readonly string[] = []): PythonRun {
  const module = `kmip.demos.${name.replace("/", ".")}`;
  return startPython(["-m", module, "-c", "client", "-s", config, ...args], "");
}

function startPython(args: readonly string[], input: string): PythonRun {
  const child = spawn(python, ["-B", ...args], { cwd: "/" });
  onTestFinished(() => void child.kill("SIGKILL"));
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (output.stderr += text));
  child.stdin.end(input);
  const ended = once(child, "close").then(([code]) => ({ code, ...output }));
  return { child, output, ended };
}
