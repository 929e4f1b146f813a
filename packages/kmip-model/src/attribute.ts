import { type Fields, optional, type Structure, structure, type Type } from "@akm/ttlv";
import type { ObjectType } from "./objects.ts";
import type { OperationName } from "./operation.ts";
import { nobody, type Permission } from "./permission.ts";
import { type Edition, v1_0 } from "./version.ts";

/** How an attribute stands to templates: one of the template's own, part of what it hands on, or never in one. Facts of KMIP 1.1 §2.2.6. */
export type TemplateRole = "own" | "content" | "never";

/** All that is known of one attribute: its wire form, its rules, its source. Everything else about it follows from here. */
export interface AttributeRow<T = unknown, Many extends boolean = boolean> {
  /** The name on the wire, e.g. `Process Start Date`. */
  readonly name: string;
  readonly type: Type<T>;
  /** What Locate accepts: for a structure the same with every field optional. KMIP 1.1 §4.9. */
  readonly filterType: Type<NoInfer<Partial<T> | T>>;
  /** Whether it may have several instances, each under an index of its own. */
  readonly many: Many;
  readonly objectTypes: readonly ObjectType[];
  readonly template: TemplateRole;
  /** Whether this server has it; what is not offered does not exist for its clients. AKM guide, chapter 2. */
  readonly offered: boolean;
  /** In the Template-Attribute of Create, Register and Re-key. */
  readonly create: Permission<NoInfer<T>>;
  /** By Add Attribute, where it has no value yet (or may have several). */
  readonly add: Permission<NoInfer<T>>;
  readonly modify: Permission<NoInfer<T>>;
  readonly remove: Permission<NoInfer<T>>;
  /** Modify Attribute sets it even where it has no value. */
  readonly modifySets: boolean;
  /** Operations that may give it a value or change it without being asked to, those that are not offered included. */
  readonly setImplicitlyBy: readonly OperationName[];
  /** What is wrong with a value that its type allows, or `undefined`. Never the value itself where it may be secret. */
  check(value: NoInfer<T>): string | undefined;
  readonly since: Edition;
  readonly spec: string;
  readonly summary: string;
  /** Why its rules differ from those of KMIP; absent where they do not. */
  readonly departsBecause?: string;
}

type Defaulted =
  | "filterType"
  | "many"
  | "template"
  | "offered"
  | "create"
  | "add"
  | "modify"
  | "remove"
  | "modifySets"
  | "setImplicitlyBy"
  | "check"
  | "since";

/** A declaration: what is left out is the strictest rule (nobody may, one instance, never in a template). */
export type AttributeDeclaration<T, Many extends boolean = false> = Omit<
  AttributeRow<T>,
  Defaulted
> &
  Partial<Pick<AttributeRow<T>, Exclude<Defaulted, "many">>> & { readonly many?: Many };

/** A declaration whose values are those of its wire type, whatever its conditions look at. */
type Typed<T, Declaration> = Declaration & { readonly type: Type<T> };

/** Declares an attribute of KMIP. */
export function attribute<T, const Many extends boolean = false>(
  declaration: Typed<T, AttributeDeclaration<NoInfer<T>, Many>>,
): AttributeRow<T, Many> {
  return {
    many: false as Many,
    template: "never",
    offered: true,
    create: nobody,
    add: nobody,
    modify: nobody,
    remove: nobody,
    modifySets: false,
    setImplicitlyBy: [],
    check: () => undefined,
    since: v1_0,
    filterType: partial(declaration.type),
    ...declaration,
  };
}

/** Declares an attribute of KMIP that this server does not have. AKM guide, chapter 2. */
export function attributeNotOffered<T, const Many extends boolean = false>(
  declaration: Typed<
    T,
    Pick<
      AttributeDeclaration<NoInfer<T>, Many>,
      "name" | "objectTypes" | "many" | "since" | "spec" | "summary"
    >
  >,
): AttributeRow<T, Many> {
  return attribute<T, Many>({ ...declaration, offered: false });
}

/**
 * Declares an attribute of the vendor: one instance, never deletable, on symmetric keys, and on templates where it is
 * part of what they hand on. AKM guide, chapter 2.
 */
export function vendorAttribute<T>(
  name: `y-${string}`,
  declaration: Typed<
    T,
    Omit<AttributeDeclaration<NoInfer<T>>, "name" | "objectTypes" | "spec" | "remove" | "many">
  >,
): AttributeRow<T, false> {
  return attribute<T>({
    name,
    objectTypes:
      declaration.template === "content" ? ["SymmetricKey", "Template"] : ["SymmetricKey"],
    spec: "AKM guide, chapter 2",
    ...declaration,
  });
}

/** The type with every field optional, for structures; any other type as it is. */
function partial<T>(type: Type<T>): Type<Partial<T> | T> {
  if (!isStructure(type)) return type;
  const fields = Object.entries(type.fields).map(([member, field]) => [member, loosened(field)]);
  return structure(Object.fromEntries(fields) as Fields) as unknown as Type<Partial<T>>;
}

function loosened(field: Fields[string]): Fields[string] {
  return field.presence === "repeated" ? field : optional(field.tag, field.type, field);
}

function isStructure(type: Type<unknown>): type is Structure<Fields> {
  return "fields" in type;
}
