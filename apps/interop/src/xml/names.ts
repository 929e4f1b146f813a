import {
  type AttributeRow,
  attributeNamed,
  attributes,
  enumerations,
  laterTags,
  nameOfTag,
  tags,
} from "@akm/kmip-model";
import type { Enumeration, Mask } from "@akm/ttlv";

type Named = Enumeration<string> | Mask<string>;

const declared: ReadonlyMap<string, Named> = new Map(
  (Object.values(enumerations) as readonly Named[]).map((each) => [each.name, each]),
);

const allTags: Readonly<Record<string, number>> = { ...tags, ...laterTags };

const laterNames: ReadonlyMap<number, string> = new Map(
  Object.entries(laterTags).map(([name, tag]) => [tag, name]),
);

/** The number of a tag by its name in XML, `undefined` where there is none. */
export function tagNamed(name: string): number | undefined {
  return Object.hasOwn(allTags, name) ? allTags[name] : undefined;
}

/** The name of a tag, a number where it has none: `0x540001`. */
export function nameOf(tag: number): string {
  return nameOfTag(tag) ?? laterNames.get(tag) ?? `0x${tag.toString(16).toUpperCase()}`;
}

/**
 * The enumeration or mask that names the values under a tag; under `AttributeValue` it is that of the attribute.
 *
 * @param attributeName  the name that stands beside an Attribute Value
 */
export function namesUnder(tag: number, attributeName?: string): Named | undefined {
  if (tag !== tags.AttributeValue) return declared.get(nameOf(tag));
  const type: unknown =
    attributeName === undefined ? undefined : attributeNamed(attributeName)?.type;
  return isNamed(type) ? type : undefined;
}

function isNamed(type: unknown): type is Named {
  return typeof type === "object" && type !== null && "rows" in type;
}

/** Whether the values under it are sets of bits. */
export function isMask(names: Named): names is Mask<string> {
  return "bitsOf" in names;
}

/** The attributes of KMIP, those that the vendor of this project adds left out. KMIP 1.1 §3. */
export const standardAttributes: readonly AttributeRow[] = Object.values<AttributeRow>(
  attributes,
).filter(({ name }) => !name.startsWith("y-"));
