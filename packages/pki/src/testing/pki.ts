import { createAuthority } from "../authority.ts";
import { issueClient } from "../client.ts";
import type { CertifiedKey, KeyAlgorithm } from "../keys.ts";
import { issueServer } from "../server.ts";
import { issueOdd, type Oddity } from "./odd.ts";

/** Certificates for a test: one authority, a server on loopback, and clients as they are asked for. */
export interface TestPki {
  readonly authority: CertifiedKey;
  /** For `localhost`, `127.0.0.1` and `::1`, P-256. */
  readonly server: CertifiedKey;
  /** The server's certificate for another algorithm. */
  serverFor(algorithm: KeyAlgorithm): Promise<CertifiedKey>;
  client(commonName: string, groups?: readonly string[]): Promise<CertifiedKey>;
  /** A client's certificate of `alice` with one thing wrong. */
  odd(oddity: Oddity): Promise<CertifiedKey>;
}

const hosts = ["localhost", "127.0.0.1", "::1"];

/** Makes them, good at `now`. TLS looks at the real clock: where a handshake is to pass, hand in the real time. */
export async function makePki(now: Date): Promise<TestPki> {
  const authority = await createAuthority({ commonName: "akm test authority", now });
  const serverFor = (algorithm: KeyAlgorithm) => issueServer({ authority, hosts, now, algorithm });
  return {
    authority,
    server: await serverFor("P-256"),
    serverFor,
    client: (commonName, groups = []) => issueClient({ authority, commonName, groups, now }),
    async odd(oddity) {
      const foreignAuthority = await createAuthority({ commonName: "foreign authority", now });
      return issueOdd(oddity, { authority, foreignAuthority, now });
    },
  };
}
