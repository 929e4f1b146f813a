import { type Fault, tagText } from "./error.ts";
import { headerBytes, itemTypeOf } from "./item.ts";
import { codeAt, enter, faultAt, itemEnd, lengthAt, type Reader, tagAt } from "./reader.ts";
import { compileReader, type ReadMembers } from "./structure-compile.ts";
import { type CompiledField, missingText, within } from "./structure-field.ts";

type Members = Record<string, unknown>;

/** Makes the reader of a structure with these fields; it is compiled when it is first used. */
export function structureReader(fields: readonly CompiledField[]): ReadMembers {
  const careful = carefulReader(fields);
  let quick: ReadMembers | undefined;
  return (reader, start, length) => {
    if (reader.isCareful) return careful(reader, start, length);
    quick ??= compileReader(fields) ?? careful;
    return quick(reader, start, length);
  };
}

/**
 * Makes the reader that knows what is wrong. A cursor moves forward over the fields as the items name them: what comes
 * again or too late shows at once, what is missing when the items have ended.
 */
function carefulReader(fields: readonly CompiledField[]): ReadMembers {
  const needed = fields.filter(({ atLeast }) => atLeast > 0);
  return (reader, start, length) => {
    enter(reader, start);
    const end = start + length;
    const members: Members = {};
    let values: unknown[] | undefined;
    let cursor = 0;
    let met = 0;
    for (let at = start, next = start; at < end; at = next) {
      next = itemEnd(reader, at, end);
      const index = indexFrom(fields, cursor, tagAt(reader, at), reader.edition);
      const field = fields[index];
      if (field === undefined) {
        passUnknown(reader, at, fields, members);
        continue;
      }
      if (index !== cursor) {
        leaveEmpty(fields, cursor, index, members);
        cursor = index;
        values = undefined;
      }
      if (field.repeats) {
        // The cursor stays: the next item may belong to the same array.
        if (values === undefined) members[field.name] = values = [];
        values.push(readItem(reader, at, field, values.length));
      } else {
        members[field.name] = readItem(reader, at, field, 0);
        met += field.atLeast;
        cursor++;
      }
    }
    leaveEmpty(fields, cursor, fields.length, members);
    if (met < needed.length) checkMissing(reader, start - headerBytes, needed, members);
    reader.depth--;
    return members;
  };
}

/** The index of the first field from `cursor` on that has this tag and is known; beyond the last one if none. */
function indexFrom(
  fields: readonly CompiledField[],
  cursor: number,
  tag: number,
  edition: number,
): number {
  let index = cursor;
  for (; index < fields.length; index++) {
    const field = fields[index] as CompiledField;
    if (field.tag === tag && field.since <= edition) break;
  }
  return index;
}

/** Gives the repeated fields from `cursor` to `index` that have no items their empty arrays. */
function leaveEmpty(
  fields: readonly CompiledField[],
  cursor: number,
  index: number,
  members: Members,
): void {
  for (let i = cursor; i < index; i++) {
    const { repeats, name } = fields[i] as CompiledField;
    if (repeats) members[name] ??= [];
  }
}

function readItem(reader: Reader, at: number, field: CompiledField, index: number): unknown {
  try {
    const code = codeAt(reader, at);
    if (code !== field.code && !field.takes(code)) throw wrongType(reader, at, field);
    return field.read(reader, at + headerBytes, lengthAt(reader, at));
  } catch (caught) {
    throw within(caught, field, index);
  }
}

function wrongType(reader: Reader, at: number, { tag, code }: CompiledField): Fault {
  const wanted = code === 0 ? "one of several others" : itemTypeOf(code);
  const text = `tag ${tagText(tag)} has type ${itemTypeOf(codeAt(reader, at))}, wanted ${wanted}`;
  return faultAt(reader, "WrongType", at + 3, text);
}

/** Judges an item that no field from the cursor on takes: a field before it came late, else the tag is unknown. */
function passUnknown(
  reader: Reader,
  at: number,
  fields: readonly CompiledField[],
  members: Members,
): void {
  const tag = tagAt(reader, at);
  const late = fields[indexFrom(fields, 0, tag, reader.edition)];
  if (late !== undefined) {
    const again = !late.repeats && late.name in members;
    const fault = again
      ? faultAt(reader, "Repeated", at, `tag ${tagText(tag)} stands a second time`)
      : faultAt(reader, "OutOfOrder", at, `tag ${tagText(tag)} stands after a later one`);
    throw fault.within(late.name);
  }
  if (!reader.ignoresUnknown) {
    throw faultAt(reader, "UnknownField", at, `unknown tag ${tagText(tag)}`);
  }
}

function checkMissing(
  reader: Reader,
  at: number,
  needed: readonly CompiledField[],
  members: Members,
): void {
  for (const field of needed) {
    if (field.since > reader.edition) continue;
    const value = members[field.name];
    const count = field.repeats ? (value as unknown[]).length : Number(value !== undefined);
    if (count < field.atLeast) {
      throw faultAt(reader, "Missing", at, missingText(field)).within(field.name);
    }
  }
}
