import { Fault } from "./error.ts";
import { headerBytes, itemTypes } from "./item.ts";
import { enter, itemEnd, type Reader } from "./reader.ts";
import type { CompiledField } from "./structure-field.ts";
import { closeStructure, tagAndType, type Writer, writeHeader } from "./writer.ts";

// A closure that loops over a table of fields looks every member up by a name that it does not know beforehand, and
// that costs more than all else in a message. Here a structure's reader and writer become code of their own, in which
// the names and tags are constants: see docs/decisions/ttlv-compiled-structures.md. Only declarations reach that code,
// never a byte of a message.

/** Reads the value of a structure. */
export type ReadMembers = (reader: Reader, start: number, length: number) => unknown;

/** Writes a whole structure. */
export type WriteMembers = (writer: Writer, tag: number, value: unknown) => void;

/**
 * Makes a reader that takes what is right and throws a fault without words for all else: items out of order, unknown
 * ones, missing ones. `undefined` where code may not be made at run time.
 */
export function compileReader(fields: readonly CompiledField[]): ReadMembers | undefined {
  const body = `
    return function read(reader, start, length) {
      enter(reader, start);
      const { view, edition } = reader, end = start + length, members = {};
      let at = start, next = 0;
      ${fields.map(readerPart).join("")}
      if (at !== end) throw unfit();
      reader.depth--;
      return members;
    }`;
  const tools = { enter, itemEnd, unfit };
  return made<ReadMembers>(body, tools, fields);
}

/** Makes a writer that likewise throws a fault without words where a value does not fit. */
export function compileWriter(
  fields: readonly CompiledField[],
  holds: (value: unknown) => boolean,
): WriteMembers | undefined {
  const body = `
    return function write(writer, tag, value) {
      if (!holds(value)) throw unfit();
      writeHeader(writer, tagAndType(tag, ${itemTypes.Structure}), 0, 0);
      const { edition, at: start } = writer;
      ${fields.map(writerPart).join("")}
      closeStructure(writer, start);
    }`;
  const tools = { holds, unfit, writeHeader, tagAndType, closeStructure };
  return made<WriteMembers>(body, tools, fields);
}

function readerPart(field: CompiledField, index: number): string {
  const { name, repeats, atLeast, since } = field;
  const member = `members[${JSON.stringify(name)}]`;
  const read = `field${index}.read(reader, at + ${headerBytes}, view.getUint32(at + 4))`;
  const comesNow = `edition >= ${since} && at < end && ${fits(field, index)}`;
  if (repeats) {
    return `
      const list${index} = ${member} = [];
      while (${comesNow}) {
        next = itemEnd(reader, at, end);
        list${index}.push(${read});
        at = next;
      }
      if (list${index}.length < ${atLeast} && edition >= ${since}) throw unfit();`;
  }
  return `
      if (${comesNow}) {
        next = itemEnd(reader, at, end);
        ${member} = ${read};
        at = next;
      } else if (${atLeast} > 0 && edition >= ${since}) throw unfit();`;
}

/** Whether the item at `at` has the field's tag, and a type that it takes. */
function fits({ tag, code }: CompiledField, index: number): string {
  return code === 0
    ? `view.getUint32(at) >>> 8 === ${tag} && field${index}.takes(view.getUint8(at + 3))`
    : `view.getUint32(at) === ${tagAndType(tag, code) >>> 0}`;
}

function writerPart(field: CompiledField, index: number): string {
  const { name, tag, repeats, atLeast, since } = field;
  const member = `value[${JSON.stringify(name)}]`;
  const write = (value: string) => `field${index}.write(writer, ${tag}, ${value})`;
  if (repeats) {
    return `
      if (edition >= ${since}) {
        const list = ${member};
        if (!Array.isArray(list) || list.length < ${atLeast}) throw unfit();
        for (let i = 0; i < list.length; i++) ${write("list[i]")};
      }`;
  }
  return `
      if (edition >= ${since}) {
        const member = ${member};
        if (member !== undefined) ${write("member")};
        else if (${atLeast} > 0) throw unfit();
      }`;
}

/** Makes a function of its source; `field0`, `field1` … are the fields in it. */
function made<T>(
  body: string,
  tools: Readonly<Record<string, unknown>>,
  fields: readonly CompiledField[],
): T | undefined {
  const names = [...Object.keys(tools), ...fields.map((_, at) => `field${at}`)];
  try {
    return new Function(...names, `"use strict";${body}`)(...Object.values(tools), ...fields);
  } catch (error) {
    if (error instanceof EvalError) return undefined;
    throw error;
  }
}

/** What is wrong, and where, is told by whoever reads or writes once more, with care. */
function unfit(): Fault {
  return new Fault("Missing", 0, "does not fit");
}
