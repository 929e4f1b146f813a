// `pnpm conformance [--check] [NAME…]`: plays all cases against the servers, all or those named, and writes their summaries
// to docs/conformance. With --check it writes them to .report/conformance and fails where akm's is not the committed one.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Report, runCommandLine } from "@akm/interop";
import { clients, servers } from "./servers.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const committed = join(root, "docs", "conformance");
const { values, positionals } = parseArgs({
  options: { check: { type: "boolean", default: false } },
  allowPositionals: true,
});
const out = values.check ? join(root, ".report", "conformance") : committed;
const names = values.check ? ["akm"] : positionals.length > 0 ? positionals : Object.keys(servers);

mkdirSync(out, { recursive: true });
for (const name of names) {
  const code = await report(name);
  if (code !== 0) process.exitCode = code;
}
if (values.check && numbers(out) !== numbers(committed)) {
  console.error(
    "docs/conformance/akm.* is not what was seen: run pnpm conformance akm, and commit it",
  );
  process.exitCode = 1;
}

async function report(name: string): Promise<number> {
  const start = Object.hasOwn(servers, name) ? servers[name] : undefined;
  if (start === undefined) throw new Error(`no server ${name}: ${Object.keys(servers).join(", ")}`);
  const folder = mkdtempSync(join(tmpdir(), "akm-conformance-"));
  const server = await start(folder);
  try {
    const lines: string[] = [];
    const args = [
      "report",
      "--host",
      "127.0.0.1",
      "--port",
      server.port,
      ...access(folder),
      ...server.measure,
    ];
    const command = `pnpm conformance ${name}`;
    const code = await runCommandLine([...args, "--out", join(out, name), "--made-by", command], {
      print: (line) => lines.push(line),
      complain: (line) => console.error(line),
      env: { AKM_VECTORS: resolve(root, process.env["AKM_VECTORS"] ?? "../shared/vectors") },
      now: () => new Date(),
    });
    console.log(lines.filter((line) => !line.startsWith("ok ")).join("\n"));
    return code;
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

function access(folder: string): readonly string[] {
  const [first, second] = clients.map((name) => join(folder, name));
  return [
    ...["--ca", `${first}/ca.pem`, "--cert", `${first}/cert.pem`, "--key", `${first}/key.pem`],
    ...["--cert2", `${second}/cert.pem`, "--key2", `${second}/key.pem`],
  ];
}

/** What must not change unnoticed: the summary, and how each case ended. */
function numbers(folder: string): string {
  const { summary, cases }: Report = JSON.parse(readFileSync(join(folder, "akm.json"), "utf8"));
  const ends = cases.map(({ name, class: what, outcome }) => `${name} ${what} ${outcome}`);
  return JSON.stringify({ summary, ends });
}
