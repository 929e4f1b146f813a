import { setTimeout as delay } from "node:timers/promises";
import {
  type ConnectedTransport,
  createClient,
  createTlsTransport,
} from "../../../packages/kmip-client/src/index.ts";

/** Where the server is, and what a client needs to be let in, in PEM. */
export interface Access {
  readonly port: number;
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** How long its requests took, in milliseconds. */
export interface Times {
  /** Over a connection that it keeps. */
  readonly held: number[];
  /** Over a new connection each, handshake included. */
  readonly fresh: number[];
}

const pauseMs = 5;

/** A well-behaved client: it fetches a key of its own again and again, until `isOver`. Throws where it is not served. */
export async function fetchKeys(access: Access, id: string, isOver: () => boolean): Promise<Times> {
  const times: Times = { held: [], fresh: [] };
  const kept = connect(access);
  try {
    await fetchKey(kept, id);
    while (!isOver()) {
      times.held.push(await took(() => fetchKey(kept, id)));
      await delay(pauseMs);
      times.fresh.push(await took(() => fetchKeyAnew(access, id)));
      await delay(pauseMs);
    }
  } finally {
    kept.close();
  }
  return times;
}

/** Makes a key; tells its identifier. */
export async function createKey(access: Access): Promise<string> {
  const transport = connect(access);
  const { uniqueIdentifier } = await createClient(transport.send).create({
    objectType: "SymmetricKey",
    attributes: {
      cryptographicAlgorithm: "AES",
      cryptographicLength: 256,
      cryptographicUsageMask: ["Encrypt", "Decrypt"],
      // Large, so that who asks for all attributes gets much to read.
      custom: { "x-large": ["a", "b", "c"].map((letter) => letter.repeat(65_536)) },
    },
  });
  transport.close();
  return uniqueIdentifier;
}

/** The value that a share of `share` of the times does not exceed. */
export function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

function connect({ port, ca, cert, key }: Access): ConnectedTransport {
  return createTlsTransport({ host: "127.0.0.1", servername: "localhost", port, ca, cert, key });
}

async function fetchKey(transport: ConnectedTransport, uniqueIdentifier: string): Promise<void> {
  await createClient(transport.send).get({ uniqueIdentifier });
}

async function fetchKeyAnew(access: Access, id: string): Promise<void> {
  const transport = connect(access);
  await fetchKey(transport, id);
  transport.close();
}

async function took(act: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await act();
  return performance.now() - begun;
}
