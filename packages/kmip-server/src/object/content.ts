import type { AttributeStructure } from "@akm/kmip-model";
import { type AttributeRow, attributeNamed, type Edition, writeAttribute } from "@akm/kmip-model";
import type { AttributeSet } from "./attribute-set.ts";
import type { ManagedObject } from "./managed-object.ts";

/** Whether an attribute of a template is part of what it hands on, not one of the template's own. KMIP 1.1 §2.2.6. */
export function isContent({ template }: AttributeRow): boolean {
  return template === "content";
}

/** All instances of one attribute as structures; none where the object has no value of it. */
export function writeSlot(set: AttributeSet, name: string, edition: Edition): AttributeStructure[] {
  const row = attributeNamed(name);
  const slot = set.get(name);
  if (row === undefined || slot === undefined) return [];
  return slot.instances.map((instance) => writeAttribute(row, instance, edition));
}

/**
 * What Get hands out of a template: its contents. A Template structure holds one attribute at least, so where there are
 * no contents the template's own attributes stand for them. KMIP 1.1 §2.2.6.
 */
export function templateContents(
  { attributes }: ManagedObject,
  edition: Edition,
): AttributeStructure[] {
  const names = [...attributes.keys()];
  const written = (some: readonly string[]) =>
    some.flatMap((name) => writeSlot(attributes, name, edition));
  const contents = written(names.filter(isContentName));
  return contents.length > 0 ? contents : written(names);
}

function isContentName(name: string): boolean {
  const row = attributeNamed(name);
  return row !== undefined && isContent(row);
}
