import { hostname } from "node:os";
import {
  createServer,
  type Keyring,
  type KmipServer,
  type Listener,
  type Log,
  listen,
  type TransportLimits,
} from "@akm/kmip-server";
import type { Store } from "@akm/store";
import { readCredentials } from "./certificates/credentials.ts";
import type { Config } from "./config.ts";
import { Failure } from "./failure.ts";
import { type ListenAttempt, listenFailure } from "./listen-failure.ts";

/** What a KMIP server stands on. */
export interface ServerParts {
  readonly store: Store;
  readonly keyring: Keyring;
  readonly config: Config;
  readonly log: Log;
}

/** The KMIP server of an installation, as its settings have it; nothing listens yet. */
export function wireServer({ store, keyring, config, log }: ServerParts): KmipServer {
  const { kmip, policy, access } = config;
  const { algorithms, ...ofPolicy } = policy;
  return createServer({
    store,
    keyring,
    log,
    node: hostname(),
    policy: {
      ...ofPolicy,
      ...(algorithms.length > 0 && { algorithms }),
      create: access.create,
      strictVersions: kmip.strictVersions,
      vendorIdentification: kmip.vendorIdentification,
    },
  });
}

/** What a listener stands on. */
export interface ListenerParts {
  readonly server: KmipServer;
  /** Folder of akm's own certificates. */
  readonly certificates: string;
  readonly config: Config;
  readonly log: Log;
  readonly now: () => Date;
}

/** KMIP while it is served. */
export interface KmipListener extends Pick<Listener, "address" | "port" | "httpsPort"> {
  /** Takes up certificates, authorities and revocations anew, for connections that stand too. @throws Failure */
  reload(config: Config): Promise<void>;
  close(): Promise<void>;
}

/**
 * Serves KMIP on the address and the ports of the settings.
 *
 * @throws Failure `address`, `certificate`
 */
export async function listenKmip(parts: ListenerParts): Promise<KmipListener> {
  const { server, certificates: folder, config, log, now } = parts;
  const { address, port, httpsPort } = config.kmip;
  const limits = limitsOf(config.limits);
  const { answer, refuse } = server;
  const credentials = await readCredentials({ folder, config, now: now() });
  const listener = await listen({
    ...credentials,
    address,
    port,
    httpsPort: httpsPort === 0 ? undefined : httpsPort,
    answer,
    refuse,
    limits,
    log,
  }).catch((error) => {
    throw unfit(listenFailure(error, attemptOf(error, config.kmip)));
  });
  return {
    address: listener.address,
    port: listener.port,
    httpsPort: listener.httpsPort,
    async reload(changed) {
      const anew = await readCredentials({ folder, config: changed, now: now() });
      try {
        listener.reload(anew);
      } catch (error) {
        throw unfit(error);
      }
    },
    close: () => listener.close(config.limits.requestMs),
  };
}

/** Which of the two ports it was. */
function attemptOf(error: unknown, { address, port, httpsPort }: Config["kmip"]): ListenAttempt {
  const isHttps = httpsPort !== 0 && (error as { port?: number }).port === httpsPort;
  const tried = isHttps
    ? { port: httpsPort, option: "[kmip] https_port" }
    : { port, option: "--port" };
  return { address, ...tried, key: "[kmip] address" };
}

/** What the listener says of certificates and lists is the operator's to mend. */
function unfit(error: unknown): unknown {
  if (error instanceof Failure || !(error instanceof Error)) return error;
  return new Failure("certificate", `${error.message}: see [tls] in akm.conf`, { cause: error });
}

/** The listener's limits, as `[limits]` has them. */
export function limitsOf(limits: Config["limits"]): Partial<TransportLimits> {
  const orAny = (count: number) => (count === 0 ? Number.POSITIVE_INFINITY : count);
  const {
    connections,
    handshakes,
    connectionsPerAddress,
    connectionsPerCertificate,
    bodyBytesPerSecond,
    messageBytes,
    ...sameNames
  } = limits;
  return {
    ...sameNames,
    connectionsMax: connections,
    handshakesMax: handshakes,
    connectionsPerAddressMax: orAny(connectionsPerAddress),
    connectionsPerCertificateMax: orAny(connectionsPerCertificate),
    bodyBytesPerSecondMin: bodyBytesPerSecond,
    messageBytesMax: messageBytes,
  };
}
