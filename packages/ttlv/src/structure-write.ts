import type { Fault } from "./error.ts";
import { itemTypes } from "./item.ts";
import { type CompiledField, missingText, within } from "./structure-field.ts";
import {
  closeStructure,
  described,
  faultHere,
  tagAndType,
  type Writer,
  writeHeader,
} from "./writer.ts";

/** Writes a structure: its header, its members in order, then its length into the header. */
export function writeStructure(
  writer: Writer,
  tag: number,
  structure: {
    readonly fields: readonly CompiledField[];
    readonly members: Readonly<Record<string, unknown>>;
  },
): void {
  const { fields, members } = structure;
  writeHeader(writer, tagAndType(tag, itemTypes.Structure), 0, 0);
  const start = writer.at;
  for (const field of fields) {
    if (field.since > writer.edition) continue;
    const value = members[field.name];
    if (field.repeats) writeRepeated(writer, field, value);
    else if (value !== undefined) writeItem(writer, field, value);
    else if (field.atLeast > 0) throw missingFault(writer, field);
  }
  closeStructure(writer, start);
}

function writeRepeated(writer: Writer, field: CompiledField, values: unknown): void {
  if (!Array.isArray(values)) {
    const text = `a repeated field wants an array, not ${described(values)}`;
    const fault = faultHere(writer, "BadValue", text);
    fault.within(field.name);
    throw fault;
  }
  for (let i = 0; i < values.length; i++) writeItem(writer, field, values[i], i);
  if (values.length < field.atLeast) throw missingFault(writer, field);
}

function writeItem(writer: Writer, field: CompiledField, value: unknown, index = 0): void {
  try {
    field.write(writer, field.tag, value);
  } catch (caught) {
    throw within(caught, field, index);
  }
}

function missingFault(writer: Writer, field: CompiledField): Fault {
  const fault = faultHere(writer, "Missing", missingText(field));
  fault.within(field.name);
  return fault;
}
