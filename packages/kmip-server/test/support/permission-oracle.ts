import { ruleNamed, type When } from "../model/rules.ts";

// What must come of an attempt to set, change or delete an attribute, by the tables and texts alone.

/** The states that a key is brought to, and a template, which has none. */
export const states = ["PreActive", "Active", "Deactivated", "Compromised"] as const;

/** A state of a key, or a template. */
export type Where = (typeof states)[number] | "template";

/** Who tries. */
export const people = ["owner", "listed user", "administrator", "stranger"] as const;

/** Somebody who tries. */
export type Who = (typeof people)[number];

/** One attempt on an object that stands. */
export interface Attempt {
  readonly name: string;
  readonly where: Where;
  readonly who: Who;
  /** Whether the object has a value of the attribute. */
  readonly has: boolean;
}

/** What may come of it: `allowed`, or reasons where the texts do not say which goes first. */
export type Outcomes = readonly string[];

const denied: Outcomes = ["PermissionDenied"];

/** An attribute given in Create, or in Register beside a key. */
export function ofCreation(name: string): Outcomes {
  return ruleNamed(name)?.create ? ["allowed"] : ["InvalidField"];
}

/** An attribute within a template that is registered. */
export function ofTemplate(name: string): Outcomes {
  const isContent = ruleNamed(name)?.role === "content";
  return isContent || name === "Name" ? ["allowed"] : ["InvalidField"];
}

/** An attribute given in Re-key. Who may not set a key's access check may not do so by Re-key. */
export function ofReKey(name: string, who: Who): Outcomes {
  if (who === "stranger") return [...denied, "InvalidField"];
  if (name === "y-Access Check" && who === "listed user") return denied;
  return ofCreation(name);
}

/** Add Attribute. */
export function ofAdding(attempt: Attempt): Outcomes {
  const rule = ruleFor(attempt);
  if (rule === undefined || rule.add === "never") return denied;
  const late = mayNow(rule.add, attempt) ? [] : denied;
  if (attempt.has && !rule.many) return ["IllegalOperation", ...late];
  return late.length > 0 ? late : ["allowed"];
}

/** Modify Attribute at index 0. */
export function ofModifying(attempt: Attempt): Outcomes {
  const rule = ruleFor(attempt);
  if (rule === undefined || rule.modify === "never") return denied;
  const late = mayNow(rule.modify, attempt) ? [] : denied;
  const sets = rule.sets && attempt.where !== "template";
  if (!attempt.has && !sets) return ["InvalidField", ...late];
  return late.length > 0 ? late : ["allowed"];
}

/** Delete Attribute at index 0. */
export function ofDeleting(attempt: Attempt): Outcomes {
  const rule = ruleFor(attempt);
  if (rule === undefined || rule.remove === "never" || rule.remove === "not first") return denied;
  return attempt.has ? ["allowed"] : ["ItemNotFound"];
}

/** The rule that holds on this object; none for what does not exist there, and for who may not touch it. */
function ruleFor({ name, where, who }: Attempt) {
  const rule = ruleNamed(name);
  if (who === "stranger" || rule === undefined) return undefined;
  if (where !== "template") return rule;
  if (rule.role === "never") return undefined;
  const always = { add: "always", modify: "always", remove: "always" } as const;
  return rule.role === "content" ? { ...rule, ...always } : rule;
}

function mayNow(when: When, { where, who }: Attempt): boolean {
  if (when === "owner") return who !== "listed user";
  if (when === "before service") return where === "PreActive";
  const isTimed = when === "in service" || when === "not reached";
  return !isTimed || where === "PreActive" || where === "Active";
}
