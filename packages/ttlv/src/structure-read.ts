import { type Fault, tagText } from "./error.ts";
import { headerBytes, itemTypeOf } from "./item.ts";
import { codeAt, enter, faultAt, itemEnd, lengthAt, type Reader, tagAt } from "./reader.ts";
import { type CompiledField, missingText, within } from "./structure-field.ts";

/**
 * One structure being read: a cursor moves forward over the fields as the items name them, so what comes again or
 * too late shows at once, and what is missing once the items have ended.
 */
interface Walk {
  readonly reader: Reader;
  readonly fields: readonly CompiledField[];
  readonly members: Record<string, unknown>;
  readonly end: number;
  /** Where the item under the walk begins. */
  at: number;
  /** The first field that has not been met or passed. */
  cursor: number;
  /** The first field that had to stand before the cursor and did not. */
  missing: CompiledField | undefined;
}

/** Reads the members of a structure whose value lies from `at` to `end`. */
export function readStructure(
  reader: Reader,
  fields: readonly CompiledField[],
  { at, end }: { readonly at: number; readonly end: number },
): Record<string, unknown> {
  enter(reader, at);
  const walk: Walk = { reader, fields, members: {}, end, at, cursor: 0, missing: undefined };
  while (walk.at < end) {
    const next = itemEnd(reader, walk.at, end);
    const index = indexOfField(walk);
    if (index >= 0) {
      passTo(walk, index);
      readMember(walk, fields[index] as CompiledField);
    }
    walk.at = next;
  }
  passTo(walk, fields.length);
  if (walk.missing !== undefined) throw missingFault(walk, walk.missing, at - headerBytes);
  reader.depth--;
  return walk.members;
}

/** The index of the field that the item names, -1 for an unknown item that is to be ignored. */
function indexOfField(walk: Walk): number {
  const { reader, fields } = walk;
  const tag = tagAt(reader, walk.at);
  for (let index = walk.cursor; index < fields.length; index++) {
    if (isNamed(fields[index] as CompiledField, tag, reader)) return index;
  }
  for (let index = 0; index < walk.cursor; index++) {
    const field = fields[index] as CompiledField;
    if (isNamed(field, tag, reader)) throw lateFault(walk, field);
  }
  if (reader.ignoresUnknown) return -1;
  throw faultAt(reader, "UnknownField", walk.at, `unknown tag ${tagText(tag)}`);
}

function isNamed(field: CompiledField, tag: number, { edition }: Reader): boolean {
  return field.tag === tag && field.since <= edition;
}

/** Moves the cursor to `index`, over fields that no item named or whose items have ended. */
function passTo(walk: Walk, index: number): void {
  for (; walk.cursor < index; walk.cursor++) {
    const field = walk.fields[walk.cursor] as CompiledField;
    const count = field.repeats ? valuesOf(walk, field).length : 0;
    if (count < field.atLeast && field.since <= walk.reader.edition) walk.missing ??= field;
  }
}

/** Reads the item into its member. The cursor stays on a repeated field, whose next item may follow. */
function readMember(walk: Walk, field: CompiledField): void {
  if (field.repeats) {
    const values = valuesOf(walk, field);
    values.push(readItem(walk, field, values.length));
  } else {
    walk.members[field.name] = readItem(walk, field, 0);
    walk.cursor++;
  }
}

function valuesOf({ members }: Walk, { name }: CompiledField): unknown[] {
  const values = (members[name] ?? []) as unknown[];
  members[name] = values;
  return values;
}

function readItem({ reader, at }: Walk, field: CompiledField, index: number): unknown {
  try {
    const code = codeAt(reader, at);
    if (code !== field.code && !field.takes(code)) {
      const text = `tag ${tagText(field.tag)} has type ${itemTypeOf(code)}, wanted ${wantedOf(field)}`;
      throw faultAt(reader, "WrongType", at + 3, text);
    }
    return field.read(reader, at + headerBytes, lengthAt(reader, at));
  } catch (caught) {
    throw within(caught, field, index);
  }
}

function wantedOf({ code }: CompiledField): string {
  return code === 0 ? "one of several others" : itemTypeOf(code);
}

/** A field of a tag that stands before the cursor: a single one was there already, else the order is wrong. */
function lateFault({ reader, at, members }: Walk, field: CompiledField): Fault {
  const seen = !field.repeats && field.name in members;
  const tag = tagText(field.tag);
  const fault = seen
    ? faultAt(reader, "Repeated", at, `tag ${tag} stands a second time`)
    : faultAt(reader, "OutOfOrder", at, `tag ${tag} stands after a later one`);
  fault.within(field.name);
  return fault;
}

function missingFault(walk: Walk, field: CompiledField, at: number): Fault {
  const fault = faultAt(walk.reader, "Missing", at, missingText(field));
  fault.within(field.name);
  return fault;
}
