import { anyItem, type Item } from "@akm/ttlv";
import { type AttributeRow, attribute } from "../attribute.ts";
import { byClient } from "../permission.ts";
import { allObjects } from "./families.ts";

/** Whether a name is one that clients may give to attributes of their own. KMIP 1.1 §3.39. */
export function isCustomName(name: string): boolean {
  return name.startsWith("x-");
}

/** The row of a client's own attribute: any type, any number of instances, on every object. KMIP 1.1 §3.39. */
export function customAttribute(name: string): AttributeRow<Item, true> {
  return attribute<Item, true>({
    name,
    type: anyItem,
    many: true,
    objectTypes: allObjects,
    template: "content",
    create: byClient(),
    add: byClient(),
    modify: byClient(),
    remove: byClient(),
    setImplicitlyBy: ["ReKey"],
    check: flat,
    spec: "KMIP 1.1 §3.39",
    summary: "An attribute of the client's own; a structure in it holds no structures.",
    departsBecause:
      "the server's own attributes are declared one by one, and this row is the client's alone",
  });
}

/** A structure in a custom attribute must not hold structures. KMIP 1.1 §3.39. */
function flat(item: Item): string | undefined {
  if (item.type !== "Structure") return undefined;
  return item.value.some(({ type }) => type === "Structure")
    ? "holds a structure within a structure"
    : undefined;
}
