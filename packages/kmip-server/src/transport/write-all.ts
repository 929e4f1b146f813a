import type { Writable } from "node:stream";

/** What the peer must take before its time starts anew. */
const partBytes = 64 * 1024;

/**
 * Writes `bytes` part by part; ends when the last one was taken, or the stream is gone.
 *
 * @param onPart  called before each part
 */
export async function writeAll(
  stream: Writable,
  bytes: Uint8Array,
  onPart: () => void,
): Promise<void> {
  for (let at = 0; at < bytes.length && !stream.destroyed; at += partBytes) {
    onPart();
    await write(stream, bytes.subarray(at, at + partBytes));
  }
}

/** An error of the stream is told by its own event. */
function write(stream: Writable, part: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    stream.write(part, () => resolve());
  });
}
