import { fault, type HttpFault } from "./fault.ts";

/** The longest head that is read, its last empty line included. */
const headBytesMax = 8 * 1024;
const end = "\r\n\r\n";
/** What stands in no head: with its second byte KMIP without HTTP is told from it. */
const binary = /[^\t\r\n -\xff]/;

/** Puts heads together from chunks. */
export interface HeadReader {
  /** Takes what belongs to the head from the front of `chunk`; `text` without its last empty line once it is whole. */
  read(chunk: Uint8Array): { readonly taken: number; readonly text?: string };
  /** Why the head under way will never be one. */
  readonly fault: HttpFault | undefined;
  /** Overwrites what came so far. */
  wipe(): void;
}

/** A reader at the start of a head. Its work is linear in the bytes, however they are cut. */
export function createHeadReader(): HeadReader {
  const bytes = Buffer.alloc(headBytesMax);
  let filled = 0;
  let isBinary = false;

  function takeAll(): string {
    const text = bytes.toString("latin1", 0, filled - end.length);
    wipe();
    return text;
  }

  function wipe(): void {
    bytes.fill(0, 0, filled);
    filled = 0;
  }

  return {
    read(chunk) {
      const before = filled;
      const part = chunk.subarray(0, headBytesMax - before);
      bytes.set(part, before);
      filled += part.length;
      const at = bytes.subarray(0, filled).indexOf(end, Math.max(0, before - end.length + 1));
      if (at === -1) {
        isBinary = binary.test(bytes.toString("latin1", before, filled));
        return { taken: part.length };
      }
      bytes.fill(0, at + end.length, filled);
      filled = at + end.length;
      const taken = filled - before;
      return { taken, text: takeAll() };
    },
    get fault() {
      if (isBinary) return fault(400, "bytes that are no HTTP");
      if (filled === headBytesMax) return fault(431, `a head of more than ${headBytesMax} bytes`);
      return undefined;
    },
    wipe,
  };
}
