import { tagText } from "./error.ts";
import { headerBytes, itemTypeOf, padded, type RawItem } from "./item.ts";
import { codeAt, tagAt } from "./reader.ts";
import type { Type } from "./type.ts";
import { described, faultHere, reserve, writeBytes } from "./writer.ts";

/**
 * An item left as it is. Decoding checks that it lies in bounds, nothing within it; its bytes are a view on the
 * message's buffer. Encoding copies the bytes; their tag must be the field's (`UnexpectedTag`).
 */
export const rawItem: Type<RawItem> = {
  itemType: "Any",
  code: 0,
  takes: () => true,
  holds: (value) => (value as RawItem | undefined)?.bytes instanceof Uint8Array,
  read(reader, at, length) {
    const start = at - headerBytes;
    const { buffer, byteOffset } = reader.bytes;
    return {
      tag: tagAt(reader, start),
      type: itemTypeOf(codeAt(reader, start)),
      bytes: new Uint8Array(buffer, byteOffset + start, headerBytes + padded(length)),
      offset: reader.base + start,
    };
  },
  write(writer, tag, value) {
    if (!rawItem.holds(value)) {
      throw faultHere(writer, "BadValue", `no raw item: ${described(value)}`);
    }
    const { bytes } = value;
    if (value.tag !== tag) {
      const text = `the item has tag ${tagText(value.tag)}, its field ${tagText(tag)}`;
      throw faultHere(writer, "UnexpectedTag", text);
    }
    reserve(writer, bytes.length);
    writeBytes(writer, bytes);
  },
};
