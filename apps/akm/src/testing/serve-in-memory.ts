import {
  createKeyring,
  KeyMaterial,
  type KmipServer,
  type Listener,
  type Log,
  listen,
  openKeyring,
  systemRandomness,
} from "@akm/kmip-server";
import { type CertifiedKey, createAuthority, issueClient, issueServer } from "@akm/pki";
import { createMemoryStore } from "@akm/store";
import type { Config } from "../config.ts";
import { startRounds } from "../server/rounds.ts";
import { limitsOf, wireServer } from "../wire.ts";
import type { Ready } from "./protocol.ts";
import type { ClientCertificate } from "./start-server.ts";

/** What a server in memory stands on. */
export interface InMemoryOptions {
  readonly config: Config;
  readonly https: boolean;
  readonly log: Log;
}

/** A server in memory, as whoever runs it sees it. */
export interface InMemoryServer {
  readonly ready: Ready;
  issue(commonName: string, groups: readonly string[]): Promise<ClientCertificate>;
  close(): Promise<void>;
}

const host = "127.0.0.1";

/** Serves KMIP on a free port of loopback from a store in memory, with an authority of its own. */
export async function serveInMemory(options: InMemoryOptions): Promise<InMemoryServer> {
  const authority = await createAuthority({ commonName: "akm test authority", now: new Date() });
  const server = makeServer(options);
  const listener = await openListener({ ...options, server, authority });
  const endRounds = startRounds(server.rollDue);
  const { certificatePem: ca } = authority;
  return {
    ready: { host, port: listener.port, httpsPort: listener.httpsPort, ca },
    async issue(commonName, groups) {
      const made = await issueClient({ authority, commonName, groups, now: new Date() });
      return { cert: made.certificatePem, key: made.keyPem, ca };
    },
    async close() {
      await Promise.all([endRounds(), listener.close(options.config.limits.requestMs)]);
    },
  };
}

/** Its master key protects nothing beyond the memory that it stands in itself. */
function makeServer({ config, log }: InMemoryOptions): KmipServer {
  const masterKey = KeyMaterial.copyOf(systemRandomness(32));
  const keyring = openKeyring(createKeyring(masterKey, systemRandomness), masterKey);
  return wireServer({ store: createMemoryStore(), keyring, config, log });
}

async function openListener({
  config,
  https,
  log,
  server,
  authority,
}: InMemoryOptions & { server: KmipServer; authority: CertifiedKey }): Promise<Listener> {
  const hosts = [host, "localhost"];
  const { certificatePem } = authority;
  const certificate = await issueServer({ authority, hosts, now: new Date(), algorithm: "P-256" });
  return listen({
    address: host,
    port: 0,
    httpsPort: https ? 0 : undefined,
    certificates: [certificate],
    trust: [
      { certificatePem, commonNames: ["*"], organizationalUnits: ["*"], administrators: true },
    ],
    administrators: config.access.administrators,
    legacyCiphers: config.tls.legacyCiphers,
    answer: server.answer,
    refuse: server.refuse,
    // A busy machine that runs tests is no attack.
    limits: { ...limitsOf(config.limits), loopLagMs: Number.POSITIVE_INFINITY },
    log,
  });
}
