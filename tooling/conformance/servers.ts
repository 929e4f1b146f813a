import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startAkm } from "@akm/peers/akm";
import { startPyKmip } from "@akm/pykmip";

/** A server on loopback, and the files by which two clients reach it. */
export interface Server {
  readonly port: string;
  /** What `akm-interop` is told beside host and port. */
  readonly measure: readonly string[];
  stop(): Promise<void>;
}

/** The clients, each with a folder of its own that holds `ca.pem`, `cert.pem` and `key.pem`. */
export const clients = ["alice", "bob"] as const;

/** The servers whose summaries are kept, by name: each starts in `folder` and writes its clients' files there. */
export const servers: Readonly<Record<string, (folder: string) => Promise<Server>>> = {
  async akm(folder) {
    const { port, issue, stop } = await startAkm(folder);
    for (const name of clients) await issue(name, join(folder, name));
    const failures = new URL("../../apps/interop/expected-failures.json", import.meta.url).pathname;
    const measure = ["--profile", "akm-guide", "--expected-failures", failures];
    return { port, measure, stop };
  },
  async pykmip(folder) {
    const { port, pki, stop } = await startPyKmip();
    for (const name of clients) {
      const { certificatePem, keyPem } = await pki.client(name);
      const files = { ca: pki.authority.certificatePem, cert: certificatePem, key: keyPem };
      mkdirSync(join(folder, name));
      for (const [file, text] of Object.entries(files)) {
        writeFileSync(join(folder, name, `${file}.pem`), text);
      }
    }
    return { port: String(port), measure: [], stop };
  },
};
