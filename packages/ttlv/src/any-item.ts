import { headerBytes, type Item, type ItemType, itemTypes, tagMax } from "./item.ts";
import { enter, itemEnd, lengthAt } from "./reader.ts";
import type { Type } from "./type.ts";
import {
  bigInteger,
  boolean,
  byteString,
  dateTime,
  enumerationCode,
  integer,
  interval,
  longInteger,
  only,
  textString,
} from "./types.ts";
import {
  closeStructure,
  described,
  faultHere,
  misfit,
  tagAndType,
  type Writer,
  writeHeader,
} from "./writer.ts";

/** The items of a structure, one after another. */
const items: Type<readonly Item[]> = {
  ...only("Structure"),
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
    if (!Array.isArray(values)) throw misfit(writer, "Structure", values);
    writeHeader(writer, tagAndType(tag, itemTypes.Structure), 0, 0);
    const start = writer.at;
    for (const item of values) anyItem.write(writer, checkedTag(writer, item), item);
    closeStructure(writer, start);
  },
};

/** What reads and writes the value of each item type when no schema says more. */
// biome-ignore lint/suspicious/noExplicitAny: each is asked only for values of its own kind
export const typesByName: ReadonlyMap<ItemType, Type<any>> = new Map<ItemType, Type<any>>([
  ["Structure", items],
  ["Integer", integer],
  ["LongInteger", longInteger],
  ["BigInteger", bigInteger],
  ["Enumeration", enumerationCode],
  ["Boolean", boolean],
  ["TextString", textString],
  ["ByteString", byteString],
  ["DateTime", dateTime],
  ["Interval", interval],
]);

const typesInOrder = [...typesByName.values()];

/** What reads the item type of a type byte that has been checked to be one. */
export function typeOfCode(code: number): Type<unknown> {
  return typesInOrder[code - 1] as Type<unknown>;
}

/** Any item with its wire type, structures down to their leaves. Encoding writes the field's tag, whatever `tag` says. */
export const anyItem: Type<Item> = {
  itemType: "Any",
  code: 0,
  takes: () => true,
  holds: (value) => typesByName.has((value as Item | undefined)?.type as ItemType),
  read(reader, at, length) {
    const word = reader.view.getInt32(at - headerBytes);
    const type = typeOfCode(word & 0xff);
    return { tag: word >>> 8, type: type.itemType, value: type.read(reader, at, length) } as Item;
  },
  write(writer, tag, item) {
    const type = typesByName.get(item?.type);
    if (type === undefined) throw faultHere(writer, "BadValue", `no item: ${described(item)}`);
    type.write(writer, tag, item.value);
  },
};

function checkedTag(writer: Writer, item: Item): number {
  const tag = item?.tag;
  if (tag >= 0 && tag <= tagMax && Number.isInteger(tag)) return tag;
  throw faultHere(writer, "BadTag", `${described(tag)} is no tag`);
}
