import { headerBytes, type Item, itemTypeOf, itemTypes, tagMax } from "./item.ts";
import { codeAt, enter, itemEnd, lengthAt, tagAt } from "./reader.ts";
import type { Type } from "./type.ts";
import {
  bigInteger,
  boolean,
  byteString,
  dateTime,
  described,
  enumerationCode,
  integer,
  interval,
  longInteger,
  textString,
} from "./types.ts";
import { faultHere, tagAndType, type Writer, writeHeader } from "./writer.ts";

/** The items of a structure, one after another. */
const items: Type<readonly Item[]> = {
  itemType: "Structure",
  code: itemTypes.Structure,
  takes: (code) => code === itemTypes.Structure,
  holds: Array.isArray,
  read(reader, at, length) {
    enter(reader, at);
    const values: Item[] = [];
    const end = at + length;
    for (let here = at; here < end; ) {
      const next = itemEnd(reader, here, end);
      values.push(anyItem.read(reader, here + headerBytes, lengthAt(reader, here)));
      here = next;
    }
    reader.depth--;
    return values;
  },
  write(writer, tag, values) {
    if (!Array.isArray(values)) {
      throw faultHere(writer, "BadValue", `Structure cannot hold ${described(values)}`);
    }
    writeHeader(writer, tagAndType(tag, itemTypes.Structure), 0, 0);
    const start = writer.at;
    for (const item of values) anyItem.write(writer, checkedTag(writer, item), item);
    writer.view.setUint32(start - 4, writer.at - start);
  },
};

/** What reads and writes the value of each item type when no schema says more. */
// biome-ignore lint/suspicious/noExplicitAny: each is asked only for values of its own kind
export const typesByName: Readonly<Record<Item["type"], Type<any>>> = {
  Structure: items,
  Integer: integer,
  LongInteger: longInteger,
  BigInteger: bigInteger,
  Enumeration: enumerationCode,
  Boolean: boolean,
  TextString: textString,
  ByteString: byteString,
  DateTime: dateTime,
  Interval: interval,
};

/** Any item with its wire type, structures down to their leaves. Encoding writes the field's tag, whatever `tag` says. */
export const anyItem: Type<Item> = {
  itemType: "Any",
  code: 0,
  takes: () => true,
  holds: (value) =>
    typeof value === "object" && value !== null && Object.hasOwn(typesByName, (value as Item).type),
  read(reader, at, length) {
    const tag = tagAt(reader, at - headerBytes);
    const type = itemTypeOf(codeAt(reader, at - headerBytes));
    return { tag, type, value: typesByName[type].read(reader, at, length) };
  },
  write(writer, tag, item) {
    if (!anyItem.holds(item)) throw faultHere(writer, "BadValue", `no item: ${described(item)}`);
    typesByName[item.type].write(writer, tag, item.value);
  },
};

function checkedTag(writer: Writer, item: Item): number {
  const tag = item?.tag;
  if (tag >= 0 && tag <= tagMax && Number.isInteger(tag)) return tag;
  throw faultHere(writer, "BadTag", `${described(tag)} is no tag`);
}
