import type { Reader } from "./reader.ts";
import type { Type } from "./type.ts";
import { described, faultHere } from "./writer.ts";

/** A type of which two kinds of item are read. */
export interface OneOf<A, B> extends Type<A | B> {
  readonly alternatives: readonly [Type<A>, Type<B>];
}

/**
 * Either `a` or `b`: reading tells them apart by the item type on the wire, writing by the kind of the value;
 * where both would do, `a` is taken. Wider choices are nested: `oneOf(a, oneOf(b, c))`.
 */
export function oneOf<A, B>(a: Type<A>, b: Type<B>): OneOf<A, B> {
  return {
    alternatives: [a, b],
    itemType: "Any",
    code: 0,
    takes: (code) => a.takes(code) || b.takes(code),
    holds: (value) => a.holds(value) || b.holds(value),
    read: (reader, at, length) => (a.takes(codeOf(reader, at)) ? a : b).read(reader, at, length),
    write(writer, tag, value) {
      const type = [a, b].find((each) => each.holds(value));
      if (type === undefined) {
        throw faultHere(writer, "BadValue", `neither type can hold ${described(value)}`);
      }
      (type as Type<A | B>).write(writer, tag, value);
    },
  };
}

/** A type that is looked up when it is first used, so that a structure can hold itself. */
export interface Lazy<T> extends Type<T> {
  /** The type meant. */
  resolve(): Type<T>;
}

/** The type that `resolve` gives, asked for at its first use: for structures that hold themselves. */
export function lazy<T>(resolve: () => Type<T>): Lazy<T> {
  let found: Type<T> | undefined;
  const type = (): Type<T> => (found ??= resolve());
  return {
    resolve: type,
    itemType: "Any",
    code: 0,
    takes: (code) => type().takes(code),
    holds: (value) => type().holds(value),
    read: (reader, at, length) => type().read(reader, at, length),
    write: (writer, tag, value) => type().write(writer, tag, value),
  };
}

function codeOf({ view }: Reader, at: number): number {
  return view.getUint8(at - 5);
}
