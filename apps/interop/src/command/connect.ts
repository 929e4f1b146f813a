import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { type ConnectedTransport, createTlsTransport, TransportError } from "@akm/kmip-client";
import type { Endpoint } from "../endpoint.ts";
import { Failure } from "../failure.ts";
import type { Players, Send } from "../play/played.ts";
import type { Arguments } from "./arguments.ts";

/** The connections of a run. */
export interface Connected {
  readonly endpoint: Endpoint;
  readonly players: Players;
  close(): Promise<void>;
}

const pauseMs = 500;
const answerMs = 30_000;

/**
 * Clients of the server, one for each certificate that is given; connections come about when they are needed.
 *
 * @throws Failure `file` for a certificate or key that cannot be read
 */
export function connectTo(given: Arguments): Connected {
  const { host, port, servername } = given;
  const ca = readPem("--ca", given.ca);
  const names = servername === undefined ? {} : { servername };
  const first = { cert: readPem("--cert", given.cert), key: readPem("--key", given.key) };
  const pairs = [first];
  if (given.cert2 !== undefined && given.key2 !== undefined) {
    pairs.push({ cert: readPem("--cert2", given.cert2), key: readPem("--key2", given.key2) });
  }
  const transports = pairs.map((pair) => createTlsTransport({ host, port, ca, ...pair, ...names }));
  return {
    endpoint: { host, port, tls: { ca, ...first, ...names } },
    players: {
      clients: transports.map(sendOver),
      run: `interop-${randomBytes(4).toString("hex")}`,
      now: Date.now,
      pause: () => delay(pauseMs),
    },
    async close() {
      await Promise.all(transports.map((transport) => transport.close()));
    },
  };
}

function sendOver(transport: ConnectedTransport): Send {
  return async (message) => {
    try {
      return await transport.send(message, {
        signal: AbortSignal.timeout(answerMs),
        retry: "never",
      });
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      throw new Failure("server", failureText(error), { cause: error });
    }
  };
}

function failureText({ code, message }: TransportError): string {
  switch (code) {
    case "Connect":
      return `${message}: nobody listens there; look at --host and --port`;
    case "Refused":
      return `${message}: look at --ca (whom this side trusts), --cert and --key (whom the server trusts), --servername`;
    case "NotKmip":
      return `${message}: not a KMIP server`;
    case "Deadline":
      return `no answer within ${answerMs / 1000} s: ${message}`;
    default:
      return message;
  }
}

function readPem(option: string, file: string): string {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new Failure("file", `${option} ${file}: ${(cause as Error).message}`, { cause });
  }
  if (!text.includes("-----BEGIN ")) throw new Failure("file", `${option} ${file}: no PEM in it`);
  return text;
}
