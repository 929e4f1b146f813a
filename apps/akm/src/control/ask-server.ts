import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { Failure } from "../failure.ts";
import { readLine } from "./line.ts";
import { type ControlRequest, resultOf } from "./protocol.ts";

// A list of some hundred thousand keys.
const answerBytesMax = 268_435_456;

/**
 * What the server on a data folder answers; `undefined` where none listens.
 *
 * @throws Failure what the server refuses, or `folder` where its socket may not be opened
 */
export async function askServer(
  path: string,
  request: ControlRequest,
): Promise<{ readonly result: unknown } | undefined> {
  const socket = await openSocket(path);
  if (socket === undefined) return undefined;
  try {
    socket.write(`${JSON.stringify(request)}\n`);
    return { result: resultOf(await readLine(socket, answerBytesMax).catch(noAnswer)) };
  } finally {
    socket.destroy();
  }
}

/** Whether somebody listens at the socket of a data folder. */
export async function isServed(path: string): Promise<boolean> {
  const socket = await openSocket(path);
  socket?.destroy();
  return socket !== undefined;
}

function noAnswer(cause: unknown): never {
  const mend = "look whether it was done, and do it again if not";
  throw new Failure("refused", `the server ended before it answered: ${mend}`, { cause });
}

async function openSocket(path: string): Promise<Socket | undefined> {
  const socket = connect(path);
  try {
    await once(socket, "connect");
    return socket;
  } catch (cause) {
    const { code = "" } = cause as NodeJS.ErrnoException;
    if (["ENOENT", "ECONNREFUSED", "ENOTDIR"].includes(code)) return undefined;
    if (code !== "EACCES") throw cause;
    const mend = "run this as the server's user or as root";
    throw new Failure("folder", `${path}: not permitted: ${mend}`, { cause });
  }
}
