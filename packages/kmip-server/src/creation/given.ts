import {
  type AttributeRow,
  type AttributeStructure,
  attributeNamed,
  attributes,
  type Edition,
  KmipError,
  type Name,
  readAttribute,
  type TemplateAttribute,
} from "@akm/kmip-model";
import { settledValue } from "../guard/attribute-change.ts";
import { checkValue } from "../guard/values.ts";
import type { Context } from "../handler.ts";
import { type AttributeSet, all, noAttributes, withAdded } from "../object/attribute-set.ts";
import { isContent } from "../object/content.ts";
import type { OfferedObjectType } from "../object/managed-object.ts";

/** What attributes are given to. */
export interface Receiver {
  readonly objectType: OfferedObjectType;
  /** The names that it has already; those that are given come after them. */
  readonly names?: readonly Name[];
}

/**
 * The attributes that a request gives to a new object, which may have names already: its own, then what its templates hand on. A single value of the
 * request stands before one of a template, the last template's before an earlier one's; of several, all are taken, the
 * request's first. KMIP 1.1 §2.1.8, §2.2.6.
 *
 * @throws KmipError `InvalidField` for what cannot be given, `ItemNotFound` for an unknown template
 */
export async function givenAttributes(
  { attribute, name }: TemplateAttribute,
  receiver: Receiver,
  { objects, edition }: Context,
): Promise<AttributeSet> {
  const explicit = readGiven(attribute, receiver, edition);
  const templates = await objects.templates(name);
  const handedOn = templates.map(({ attributes: set }) => set);
  return [...handedOn].reverse().reduce(mergeSingle, mergeMany(explicit, handedOn));
}

/**
 * The attributes of a new template in the order of its request: those of the Template-Attribute, then those within the
 * template. KMIP 1.1 §2.2.6.
 *
 * @throws KmipError as `givenAttributes`
 */
export async function givenTemplate(
  within: readonly AttributeStructure[],
  beside: TemplateAttribute,
  context: Context,
): Promise<AttributeSet> {
  const attribute = [...beside.attribute, ...within];
  return await givenAttributes(
    { attribute, name: beside.name },
    { objectType: "Template" },
    context,
  );
}

/**
 * The attributes of a list of structures, numbered in its order.
 *
 * @throws KmipError `InvalidField`, `InvalidMessage`, `ApplicationNamespaceNotSupported`
 */
function readGiven(
  structures: readonly AttributeStructure[],
  { objectType, names = [] }: Receiver,
  edition: Edition,
): AttributeSet {
  let set = names.reduce((named, name) => withAdded(named, attributes.name, name), noAttributes);
  for (const structure of structures) {
    const row = givable(structure.attributeName, objectType);
    const { index = 0, value } = readAttribute(row, structure, { edition });
    const own = set.get(row.name)?.next ?? 0;
    if (!row.many && own > 0)
      throw new KmipError("InvalidField", `${row.name} stands twice, and can have one value only`);
    if (index !== 0 && index !== own)
      throw new KmipError(
        "InvalidField",
        `${row.name}: Attribute Index ${index}, where ${own} is due`,
      );
    checkValue(row, value);
    set = withAdded(set, row, settledValue(row, undefined, value));
  }
  return set;
}

function givable(name: string, objectType: OfferedObjectType): AttributeRow {
  const row = attributeNamed(name);
  if (row === undefined) throw new KmipError("InvalidField", `there is no attribute ${name}`);
  if (!row.offered) throw new KmipError("InvalidField", `attribute ${name} is not supported`);
  const fits =
    objectType === "Template" ? row.template !== "never" : row.objectTypes.includes(objectType);
  if (!fits || row.create.by === "nobody") {
    throw new KmipError("InvalidField", `attribute ${name} cannot be given to a new ${objectType}`);
  }
  return row;
}

function mergeMany(explicit: AttributeSet, templates: readonly AttributeSet[]): AttributeSet {
  return templates.reduce(
    (merged, template) =>
      contents(template).reduce(
        (set, row) =>
          row.many
            ? all(template, row).reduce((grown, { value }) => withAdded(grown, row, value), set)
            : set,
        merged,
      ),
    explicit,
  );
}

function mergeSingle(merged: AttributeSet, template: AttributeSet): AttributeSet {
  return contents(template).reduce((set, row) => {
    const [instance] = all(template, row);
    const wanted = !row.many && all(set, row).length === 0 && instance !== undefined;
    return wanted ? withAdded(set, row, instance.value) : set;
  }, merged);
}

function contents(template: AttributeSet): readonly AttributeRow[] {
  return [...template.keys()].flatMap((name) => {
    const row = attributeNamed(name);
    return row !== undefined && isContent(row) && row.name !== attributes.name.name ? [row] : [];
  });
}
