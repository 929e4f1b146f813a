import { once } from "node:events";
import { connect as connectPlain, type Socket } from "node:net";
import { connect } from "node:tls";
import { defaultTransportLimits } from "@akm/kmip-server";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  alice,
  type Client,
  message,
  open,
  pki,
  type Started,
  start,
} from "../transport/support.ts";
import { createHandClock, type HandClock } from "./hand-clock.ts";

// The deadlines that hold unless it is said otherwise, by a clock that is moved by hand.

const { handshakeMs, firstByteMs, idleMs, bodyMs } = defaultTransportLimits;

/** A request, and as much of it as buys it the whole of its time; one TLS record. */
const whole = message(16 * 1024);
const part = whole.subarray(0, 8 * 1024);

interface Deadline {
  readonly what: string;
  readonly ms: number;
  /** Brings a new connection to where the server waits. */
  readonly begin: (client: Client) => Promise<void>;
  /** What the client sends so that it was in time; its answer is the whole request. */
  readonly rest: Buffer;
  readonly answer: Buffer;
  readonly why: string;
}

const deadlines: readonly Deadline[] = [
  {
    what: "the first byte",
    ms: firstByteMs,
    begin: async () => {},
    rest: message(16),
    answer: message(16),
    why: "no byte within 30000 ms",
  },
  {
    what: "the next request",
    ms: idleMs,
    begin: async (client) => void (await client.ask(message(16))),
    rest: message(16),
    answer: message(16),
    why: "no request within 900000 ms",
  },
  {
    what: "the rest of a request",
    ms: bodyMs,
    begin: async (client) => void client.socket.write(part),
    rest: whole.subarray(part.length),
    answer: whole,
    why: `a request of which ${part.length} bytes came is too slow`,
  },
];

describe.each(deadlines)("$what", ({ ms, begin, rest, answer, why }) => {
  async function waiting(): Promise<{ started: Started; clock: HandClock; client: Client }> {
    const clock = createHandClock();
    const started = await start({ clock });
    const client = await open(started);
    await begin(client);
    await clock.awaited(ms);
    return { started, clock, client };
  }

  test("is served one millisecond before the limit", async () => {
    const { clock, client } = await waiting();
    clock.advance(ms - 1);
    client.socket.write(rest);
    expect(await client.read(answer.length)).toEqual(answer);
  });

  test.each([
    ["at the limit", ms],
    ["one millisecond behind it", ms + 1],
  ])("is no more waited for %s", async (_, later) => {
    const { started, clock, client } = await waiting();
    clock.advance(later);
    client.socket.resume();
    await client.closed;
    expect((await started.line("connection.closed")).fields["why"]).toBe(why);
    expect(started.listener.connections).toBe(0);
  });
});

describe("the handshake", () => {
  async function halfOpen(): Promise<{ started: Started; clock: HandClock; socket: Socket }> {
    const clock = createHandClock();
    const started = await start({ clock });
    const socket = connectPlain(started.listener.port, "127.0.0.1").on("error", () => {});
    onTestFinished(() => void socket.destroy());
    await clock.awaited(handshakeMs);
    return { started, clock, socket };
  }

  test("may come to its end one millisecond before the limit", async () => {
    const { started, clock, socket } = await halfOpen();
    clock.advance(handshakeMs - 1);
    const { certificatePem: cert, keyPem: key } = alice;
    const ca = pki.authority.certificatePem;
    const secure = connect({ socket, ca, cert, key, servername: "localhost" });
    await once(secure, "secureConnect");
    await clock.awaited(firstByteMs);
    expect(started.listener.connections).toBe(1);
  });

  test.each([
    ["at the limit", handshakeMs],
    ["one millisecond behind it", handshakeMs + 1],
  ])("is no more waited for %s", async (_, later) => {
    const { started, clock, socket } = await halfOpen();
    clock.advance(later);
    socket.resume();
    await once(socket, "close");
    const { fields } = await started.line("tls.failed");
    expect(fields["why"]).toBe("no handshake within 5000 ms");
  });
});
