import { tagText } from "./error.ts";
import { headerBytes, padded, type RawItem } from "./item.ts";
import { PlacedItem } from "./placed-item.ts";
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
    return new PlacedItem(reader, at - headerBytes, at + padded(length));
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
