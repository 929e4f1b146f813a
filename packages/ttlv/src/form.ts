import { thrownFor } from "./error.ts";
import { headerBytes, itemTypes } from "./item.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import {
  checkWhole,
  codeAt,
  createReader,
  enter,
  itemEnd,
  type Reader,
  sourceOf,
} from "./reader.ts";

/**
 * Checks the form of a whole message without decoding it: types, lengths, depth and count of items, nothing of any
 * item's content. Takes time linear in the bytes, and memory in the depth.
 *
 * @throws TtlvError `TooLong`, `Truncated`, `TrailingBytes`, `BadType`, `BadLength`, `TooDeep`, `TooManyItems`
 */
export function checkForm(bytes: Uint8Array, limits: Limits = defaultLimits): void {
  const reader = createReader(sourceOf(bytes, 0), { limits });
  try {
    checkWhole(reader, 0, bytes.length);
    if (codeAt(reader, 0) === itemTypes.Structure) checkItems(reader);
  } catch (caught) {
    throw thrownFor(caught);
  }
}

function checkItems(reader: Reader): void {
  const ends = [reader.bytes.length];
  enter(reader, headerBytes);
  let at = headerBytes;
  for (let end = ends.at(-1); end !== undefined; end = ends.at(-1)) {
    if (at === end) {
      ends.pop();
      reader.depth--;
      continue;
    }
    const next = itemEnd(reader, at, end);
    if (codeAt(reader, at) === itemTypes.Structure) {
      enter(reader, at + headerBytes);
      ends.push(next);
      at += headerBytes;
    } else {
      at = next;
    }
  }
}
