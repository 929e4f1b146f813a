import type { Socket } from "node:net";

/**
 * The first line that arrives.
 *
 * @throws Error where the peer goes before the line ends, or it is longer than `bytesMax`
 */
export async function readLine(socket: Socket, bytesMax: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    const end = chunk.indexOf("\n");
    chunks.push(end < 0 ? chunk : chunk.subarray(0, end));
    if (end >= 0) return Buffer.concat(chunks).toString("utf8");
    length += chunk.length;
    if (length >= bytesMax) throw new Error(`a line of more than ${bytesMax} bytes`);
  }
  throw new Error("the connection ended within a line");
}
