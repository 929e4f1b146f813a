import { once } from "node:events";
import { connect, type TLSSocket } from "node:tls";
import { type Listener, listen, type TransportLimits } from "@akm/kmip-server";
import { makePki } from "@akm/pki/testing";
import { createFramer } from "@akm/ttlv";
import { onTestFinished } from "vitest";
import { buildHouse, type House } from "./house.ts";
import { type Answered, readAnswer } from "./wire.ts";

/** A server behind real TLS, and clients with certificates of their own. */
export interface TlsHouse {
  readonly house: House;
  readonly listener: Listener;
  /** What a client of this name needs to be let in, in PEM. */
  credentials(user: string, ...groups: readonly string[]): Promise<Credentials>;
  /** A new connection; it ends with the test. */
  connect(user: string, ...groups: readonly string[]): Promise<Wire>;
}

/** The server's authority, and a client's certificate with its key. */
export interface Credentials {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** One connection. */
export interface Wire {
  /** Sends a message and reads its answer. */
  ask(message: Uint8Array): Promise<Answered>;
  /** Resolves when the connection has ended. */
  readonly closed: Promise<void>;
  close(): void;
}

const pki = await makePki(new Date());

/** Builds a house and opens its door. */
export async function buildTlsHouse(
  options: { readonly limits?: Partial<TransportLimits> } = {},
): Promise<TlsHouse> {
  const house = buildHouse();
  const listener = await listen({
    address: "127.0.0.1",
    port: 0,
    certificates: [pki.server],
    trust: [
      {
        certificatePem: pki.authority.certificatePem,
        commonNames: ["*"],
        organizationalUnits: ["*"],
        administrators: true,
      },
    ],
    answer: house.server.answer,
    refuse: house.server.refuse,
    log: () => {},
    ...options,
  });
  onTestFinished(() => listener.close(0));
  const credentials: TlsHouse["credentials"] = async (user, ...groups) => {
    const { certificatePem: cert, keyPem: key } = await pki.client(user, [...groups]);
    return { ca: pki.authority.certificatePem, cert, key };
  };
  return {
    house,
    listener,
    credentials,
    async connect(user, ...groups) {
      const to = { host: "127.0.0.1", port: listener.port, servername: "localhost" };
      const socket = connect({ ...to, ...(await credentials(user, ...groups)) });
      await once(socket, "secureConnect");
      return wireOf(socket);
    },
  };
}

function wireOf(socket: TLSSocket): Wire {
  const framer = createFramer({ tag: 0x42007b, messageBytesMax: 2 ** 20 });
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  return {
    closed,
    async ask(message) {
      socket.write(message);
      for (;;) {
        const [chunk] = (await once(socket, "data")) as [Buffer];
        const [answer] = framer.push(chunk);
        if (answer !== undefined) return readAnswer(answer);
      }
    },
    close: () => socket.destroy(),
  };
}
