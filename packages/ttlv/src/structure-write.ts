import type { Fault } from "./error.ts";
import { itemTypes } from "./item.ts";
import { compileWriter, type WriteMembers } from "./structure-compile.ts";
import { type CompiledField, missingText, within } from "./structure-field.ts";
import {
  closeStructure,
  described,
  faultHere,
  misfit,
  tagAndType,
  type Writer,
  writeHeader,
} from "./writer.ts";

/** Makes the writer of a structure with these fields; it is compiled when it is first used. */
export function structureWriter(
  fields: readonly CompiledField[],
  holds: (value: unknown) => boolean,
): WriteMembers {
  const careful = carefulWriter(fields, holds);
  let quick: WriteMembers | undefined;
  return (writer, tag, value) => {
    if (writer.isCareful) return careful(writer, tag, value);
    quick ??= compileWriter(fields, holds) ?? careful;
    return quick(writer, tag, value);
  };
}

/** Makes the writer that knows what is wrong: its header, its members in order, then its length. */
function carefulWriter(
  fields: readonly CompiledField[],
  holds: (value: unknown) => boolean,
): WriteMembers {
  return (writer, tag, value) => {
    if (!holds(value)) throw misfit(writer, "Structure", value);
    const members = value as Readonly<Record<string, unknown>>;
    writeHeader(writer, tagAndType(tag, itemTypes.Structure), 0, 0);
    const start = writer.at;
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i] as CompiledField;
      if (field.since > writer.edition) continue;
      const member = members[field.name];
      if (field.repeats) writeRepeated(writer, field, member);
      else if (member !== undefined) writeItem(writer, field, member, 0);
      else if (field.atLeast > 0) throw missing(writer, field);
    }
    closeStructure(writer, start);
  };
}

function writeRepeated(writer: Writer, field: CompiledField, values: unknown): void {
  if (!Array.isArray(values)) {
    const text = `a repeated field wants an array, not ${described(values)}`;
    throw faultHere(writer, "BadValue", text).within(field.name);
  }
  for (let i = 0; i < values.length; i++) writeItem(writer, field, values[i], i);
  if (values.length < field.atLeast) throw missing(writer, field);
}

function writeItem(writer: Writer, field: CompiledField, value: unknown, index: number): void {
  try {
    field.write(writer, field.tag, value);
  } catch (caught) {
    throw within(caught, field, index);
  }
}

function missing(writer: Writer, field: CompiledField): Fault {
  return faultHere(writer, "Missing", missingText(field)).within(field.name);
}
