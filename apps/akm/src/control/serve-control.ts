import { once } from "node:events";
import { chmodSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import type { PerformAct } from "../acts/perform.ts";
import { readLine } from "./line.ts";
import { type ControlAnswer, type ControlRequest, failureAnswer } from "./protocol.ts";

/** What answers at the control socket. */
export interface ControlHandler {
  /** Does an act that a command asks for. */
  readonly perform: PerformAct;
  /** Hears of what should not have happened. */
  readonly onDefect: (error: unknown) => void;
}

const patienceMs = 10_000;
const requestBytesMax = 1_048_576;

/**
 * Listens for the commands of this host, one request and one answer a connection. Who may ask is decided by the
 * socket's mode: its owner and root. The caller holds the folder's lock, so what lies at `path` is a dead one's.
 *
 * @returns what ends it
 */
export async function serveControl(
  path: string,
  handler: ControlHandler,
): Promise<() => Promise<void>> {
  rmSync(path, { force: true });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
    socket.setTimeout(patienceMs, () => socket.destroy());
    void converse(socket, handler);
  });
  server.listen(path);
  await once(server, "listening");
  chmodSync(path, 0o600);
  return async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
}

async function converse(socket: Socket, handler: ControlHandler): Promise<void> {
  const line = await readLine(socket, requestBytesMax).catch(() => undefined);
  if (line === undefined) {
    socket.destroy();
    return;
  }
  // From here on the act sets the pace, not the peer.
  socket.setTimeout(0);
  socket.end(`${JSON.stringify(await answerTo(line, handler))}\n`);
}

async function answerTo(
  line: string,
  { perform, onDefect }: ControlHandler,
): Promise<ControlAnswer> {
  try {
    const request: ControlRequest = JSON.parse(line);
    return { result: (await perform(request.act, request.arguments)) ?? null };
  } catch (error) {
    const answer = failureAnswer(error);
    if ("failure" in answer && answer.failure.kind === "defect") onDefect(error);
    return answer;
  }
}
