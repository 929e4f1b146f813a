import type { Type } from "@akm/ttlv";

/** The wire type of values, with a link to the names that an enumeration or a mask gives them. */
export function typeText(type: Type<unknown>): string {
  if (type.itemType === "Any") return "any";
  return "rows" in type ? `${type.itemType}, ${linkTo(type as unknown as Named)}` : type.itemType;
}

interface Named {
  readonly name: string;
}

function linkTo({ name }: Named): string {
  return `[${name}](enumerations.md#${name.toLowerCase()})`;
}
