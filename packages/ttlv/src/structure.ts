import type { Field, Fields } from "./field.ts";
import { compileFields } from "./structure-field.ts";
import { structureReader } from "./structure-read.ts";
import { structureWriter } from "./structure-write.ts";
import type { Type } from "./type.ts";
import { only } from "./types.ts";

/** The value of a structure: required members, optional ones with `?`, repeated ones as arrays. */
export type StructureValue<F extends Fields> = Flat<
  {
    readonly [K in keyof F as F[K] extends Field<infer _, "optional"> ? never : K]: MemberOf<F[K]>;
  } & {
    readonly [K in keyof F as F[K] extends Field<infer _, "optional"> ? K : never]?: MemberOf<F[K]>;
  }
>;

type MemberOf<X> =
  X extends Field<infer T, infer P> ? ("repeated" extends P ? readonly T[] : T) : never;

type Flat<T> = { [K in keyof T]: T[K] };

/** The type of a structure; `fields` are the declarations, for whoever derives something from them. */
export interface Structure<F extends Fields> extends Type<StructureValue<F>> {
  readonly fields: F;
}

/**
 * Declares a structure. Decoding throws `UnknownField`, `WrongType`, `Repeated`, `OutOfOrder`, `Missing` where the
 * items do not fit; encoding `Missing`, and `BadValue` for what is no object. Members nobody declared are not written.
 *
 * @throws RangeError for a tag that stands twice. KMIP 1.1 §9.1.1.4.
 */
export function structure<F extends Fields>(fields: F): Structure<F> {
  const compiled = compileFields(fields);
  return {
    ...only("Structure"),
    fields,
    holds: isMembers,
    read: structureReader(compiled) as Structure<F>["read"],
    write: structureWriter(compiled, isMembers),
  };
}

function isMembers(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Uint8Array)
  );
}
