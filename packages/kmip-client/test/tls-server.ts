import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type TLSSocket } from "node:tls";
import type { TlsTransportOptions } from "@akm/kmip-client";
import { tags } from "@akm/kmip-model";
import type { CertifiedKey } from "@akm/pki";
import { makePki, type TestPki } from "@akm/pki/testing";
import { createFramer } from "@akm/ttlv";

/** What a server does with a message; `count` is how many came before it, over all connections. */
export type Behaviour = (message: Uint8Array, socket: TLSSocket, count: number) => void;

/** A server on loopback that demands a client's certificate. */
export interface TlsServer {
  /** How a client of this server's authority reaches it. */
  readonly options: TlsTransportOptions;
  readonly pki: TestPki;
  /** Every connection that came about, in order. */
  readonly sockets: readonly TLSSocket[];
  /** How many messages have come. */
  readonly messages: () => number;
  close(): Promise<void>;
}

/** Credentials in the client's words. */
export function credentials(
  { certificatePem, keyPem }: CertifiedKey,
  authority: CertifiedKey,
): Pick<TlsTransportOptions, "cert" | "key" | "ca"> {
  return { cert: certificatePem, key: keyPem, ca: authority.certificatePem };
}

/** Starts one. */
export async function startTlsServer(behave: Behaviour): Promise<TlsServer> {
  const pki = await makePki(new Date());
  const { cert, key, ca } = credentials(pki.server, pki.authority);
  const sockets: TLSSocket[] = [];
  let count = 0;
  const server = createServer(
    { cert, key, ca: ca as string, requestCert: true, rejectUnauthorized: true },
    (socket) => {
      sockets.push(socket);
      const framer = createFramer({ tag: tags.RequestMessage, messageBytesMax: 2 ** 20 });
      socket.on("error", () => {});
      socket.on("data", (chunk) => {
        for (const message of framer.push(chunk)) behave(message, socket, count++);
      });
    },
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const client = credentials(await pki.client("alice"), pki.authority);
  return {
    options: { host: "127.0.0.1", port, ...client },
    pki,
    sockets,
    messages: () => count,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
