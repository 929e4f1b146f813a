import { connect as connectPlain, type Socket } from "node:net";
import { type ConnectionOptions, connect, type TLSSocket } from "node:tls";
import { operations, requestMessage, tags } from "@akm/kmip-model";
import { encode, encodeRaw } from "@akm/ttlv";
import type { Endpoint } from "../endpoint.ts";

/** What a connection showed that no conversation can show. */
export interface ProbeResult {
  readonly name: string;
  /** What a conforming server does. */
  readonly about: string;
  readonly holds: boolean;
  /** What happened. */
  readonly got: string;
}

/** A Query for the vendor: answered by whatever speaks KMIP. */
const query = encode(tags.RequestMessage, requestMessage, {
  requestHeader: {
    protocolVersion: { protocolVersionMajor: 1, protocolVersionMinor: 0 },
    batchCount: 1,
  },
  batchItem: [
    {
      operation: "Query",
      requestPayload: encodeRaw(tags.RequestPayload, operations.Query.request, {
        queryFunction: ["QueryServerInformation"],
      }),
    },
  ],
});

/** A request message whose content is cut off in its header. */
const broken = Uint8Array.of(0x42, 0, 0x78, 1, 0, 0, 0, 8, 0x42, 0, 0x77, 2, 0, 0, 0, 0);

const waitMs = 5_000;

/** Tries what only a connection shows: who is let in, and what happens to bytes that are no message. */
export async function probe(endpoint: Endpoint): Promise<readonly ProbeResult[]> {
  const { host, port, tls } = endpoint;
  const { cert: _, key: __, ...anonymous } = tls;
  const plain = await exchange(connectPlain({ host, port }), "connect", query);
  const stranger = await exchange(openTls(endpoint, anonymous), "secureConnect", query);
  const garbage = await exchange(openTls(endpoint, tls), "secureConnect", broken);
  const version = await versionOf(openTls(endpoint, tls));
  return [
    {
      name: "plain",
      about: "without TLS nothing is answered",
      holds: !isMessage(plain.bytes),
      got: plain.text,
    },
    {
      name: "no-certificate",
      about: "without a client certificate nothing is answered, Query included",
      holds: !isMessage(stranger.bytes),
      got: stranger.text,
    },
    {
      name: "broken",
      about: "bytes that are no message are refused, and nothing is done",
      holds: garbage.bytes.length === 0 || isMessage(garbage.bytes),
      got: garbage.text,
    },
    { name: "tls", about: "TLS 1.2 or newer", holds: /TLSv1\.[23]/.test(version), got: version },
  ];
}

function openTls({ host, port }: Endpoint, options: ConnectionOptions): TLSSocket {
  return connect({ host, port, ...options });
}

interface Outcome {
  readonly bytes: Buffer;
  readonly text: string;
}

/** Sends bytes once the socket is open; what comes back until the first answer, the end, or the limit of time. */
function exchange(socket: Socket, opened: string, bytes: Uint8Array): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const end = (text: string, got = Buffer.alloc(0)) => {
    resolve({ bytes: got, text });
    socket.destroy();
  };
  socket.setTimeout(waitMs, () => end("no answer"));
  socket.once(opened, () => socket.write(bytes));
  socket.once("data", (data) =>
    end(isMessage(data) ? "a response message" : `${data.length} bytes, no message`, data),
  );
  socket.once("error", (error: NodeJS.ErrnoException) =>
    end(`refused: ${error.code ?? error.message}`),
  );
  socket.once("close", () => end("the connection was closed without an answer"));
  return promise;
}

function versionOf(socket: TLSSocket): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const end = (text: string) => {
    resolve(text);
    socket.destroy();
  };
  socket.setTimeout(waitMs, () => end("no answer"));
  socket.once("secureConnect", () => end(`${socket.getProtocol()}, ${socket.getCipher().name}`));
  socket.once("error", (error) => end(error.message));
  return promise;
}

function isMessage(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).toString("hex") === "42007b01";
}
