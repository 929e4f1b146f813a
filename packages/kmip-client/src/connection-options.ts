import { defaultLimits } from "@akm/ttlv";

/** How one proves who one is, and whom one trusts: all in PEM. */
export interface Credentials {
  /** The client's certificate, followed by those between it and the authority that the server trusts. */
  readonly cert: string;
  readonly key: string;
  /** The authorities of the server's certificate; those that Node knows unless given. */
  readonly ca?: string | readonly string[];
  /** The name that the server's certificate must bear; `host` unless given. */
  readonly servername?: string;
}

/** What every transport over TLS is told: who one is, and how connections are kept. */
export interface ConnectionOptions extends Credentials {
  /** At once, idle ones included; further requests wait. 4 unless given. */
  readonly connectionsMax?: number;
  /** An idle connection is closed after so long; 60,000 unless given. */
  readonly idleMs?: number;
  /** A longer answer is refused; 1 MiB unless given. */
  readonly messageBytesMax?: number;
}

/** What holds where options say nothing. */
export const defaults = {
  connectionsMax: 4,
  idleMs: 60_000,
  messageBytesMax: defaultLimits.messageBytesMax,
} as const;

/** The credentials as Node's sockets want them. */
export function tlsOptions({ cert, key, ca, servername }: Credentials): {
  cert: string;
  key: string;
  ca?: string | string[];
  servername?: string;
} {
  return {
    cert,
    key,
    ...(ca === undefined ? {} : { ca: typeof ca === "string" ? ca : [...ca] }),
    ...(servername === undefined ? {} : { servername }),
  };
}
