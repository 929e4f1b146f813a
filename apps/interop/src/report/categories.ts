import {
  type AttributeRow,
  attributes,
  type Edition,
  enumerations,
  operations,
  tags,
  v1_0,
  v1_1,
} from "@akm/kmip-model";
import { type ItemType, itemTypes } from "@akm/ttlv";
import type { Version } from "../play/case.ts";
import { memberOf, membersOf, memberText, textOf } from "../xml/members.ts";
import { standardAttributes } from "../xml/names.ts";
import { features } from "./features.ts";
import type { Seen } from "./seen.ts";

/** What is counted under one heading. */
export interface Category {
  readonly title: string;
  /** What there is at a version, by name. */
  subjectsAt(version: Version): readonly string[];
  /** Which of them an exchange shows. */
  shownBy(seen: Seen): readonly string[];
}

/** What the conformance summary counts, in its order. */
export const categories = {
  operations: {
    title: "Operations",
    subjectsAt: (version) => namesAt(Object.values(operations), version),
    shownBy: ({ isSuccess, operation }) => (isSuccess ? [operation] : []),
  },
  objectTypes: {
    title: "Object types",
    subjectsAt: (version) => rowsAt(enumerations.objectType.rows, version),
    shownBy: ({ isSuccess, operation, requestItem }) =>
      isSuccess && (operation === "Create" || operation === "Register")
        ? textsIn(memberOf(requestItem, tags.RequestPayload), tags.ObjectType)
        : [],
  },
  attributes: {
    title: "Attributes",
    subjectsAt: (version) => namesAt(standardAttributes, version),
    shownBy: (seen) => attributesIn(seen).map(({ name }) => name),
  },
  states: {
    title: "States",
    subjectsAt: (version) => rowsAt(enumerations.state.rows, version),
    shownBy: (seen) =>
      attributesIn(seen).flatMap(({ name, text }) => (name === "State" ? [text] : [])),
  },
  keyFormats: {
    title: "Key formats",
    subjectsAt: (version) => rowsAt(enumerations.keyFormatType.rows, version),
    shownBy: ({ operation, payload }) => (operation === "Get" ? keyFormatsIn(payload) : []),
  },
  customTypes: {
    title: "Custom attribute types",
    subjectsAt: () => Object.keys(itemTypes),
    shownBy: (seen) =>
      attributesIn(seen).flatMap(({ name, type }) => (name.startsWith("x-") ? [type] : [])),
  },
  queryFunctions: {
    title: "Query functions",
    subjectsAt: (version) => rowsAt(enumerations.queryFunction.rows, version),
    shownBy: ({ operation, requestItem, payload }) =>
      operation === "Query"
        ? textsIn(memberOf(requestItem, tags.RequestPayload), tags.QueryFunction).filter((asked) =>
            isAnswered(asked, payload),
          )
        : [],
  },
  messageFeatures: {
    title: "Message features",
    subjectsAt: () => features.map(({ name }) => name),
    shownBy: (seen) => features.filter((each) => each.isShown(seen)).map(({ name }) => name),
  },
  vendorAttributes: {
    title: "Server's own attributes",
    subjectsAt: () => vendorAttributes,
    shownBy: (seen) => attributesIn(seen).map(({ name }) => name),
  },
} as const satisfies Readonly<Record<string, Category>>;

/** The name of a category. */
export type CategoryName = keyof typeof categories;

const vendorAttributes = Object.values<AttributeRow>(attributes)
  .map(({ name }) => name)
  .filter((name) => name.startsWith("y-"));

const editions: Readonly<Record<Version, Edition>> = { "1.0": v1_0, "1.1": v1_1 };

function namesAt(
  rows: readonly { readonly name: string; readonly since: Edition }[],
  version: Version,
): readonly string[] {
  return rows.filter(({ since }) => since <= editions[version]).map(({ name }) => name);
}

function rowsAt(
  rows: ReadonlyMap<string, { readonly since?: number }>,
  version: Version,
): readonly string[] {
  return [...rows]
    .filter(([, { since = v1_0 }]) => since <= editions[version])
    .map(([name]) => name);
}

function textsIn(item: Parameters<typeof membersOf>[0], tag: number): readonly string[] {
  return membersOf(item, tag).map((each) => textOf(each));
}

/** The format of the key block, in whatever kind of object it stands. */
function keyFormatsIn(payload: Seen["payload"]): readonly string[] {
  const objects = payload?.type === "Structure" ? payload.value : [];
  return objects.flatMap((object) => textsIn(memberOf(object, tags.KeyBlock), tags.KeyFormatType));
}

interface SeenAttribute {
  readonly name: string;
  readonly type: ItemType;
  readonly text: string;
}

/** The attributes that Get Attributes answers with. */
function attributesIn({ operation, payload }: Seen): readonly SeenAttribute[] {
  if (operation !== "GetAttributes") return [];
  return membersOf(payload, tags.Attribute).flatMap((attribute) => {
    const name = memberText(attribute, tags.AttributeName);
    const value = memberOf(attribute, tags.AttributeValue);
    if (name === undefined || value === undefined) return [];
    return { name, type: value.type, text: textOf(value, name) };
  });
}

const answeredBy: Readonly<Record<string, number>> = {
  QueryOperations: tags.Operation,
  QueryObjects: tags.ObjectType,
  QueryServerInformation: tags.VendorIdentification,
  QueryApplicationNamespaces: tags.ApplicationNamespace,
  QueryExtensionList: tags.ExtensionInformation,
  QueryExtensionMap: tags.ExtensionInformation,
};

/** A function that a server does not know is left out without a word, so only what it brings shows it. */
function isAnswered(asked: string, payload: Seen["payload"]): boolean {
  const answer = memberOf(payload, answeredBy[asked] ?? 0);
  if (asked !== "QueryExtensionMap") return answer !== undefined;
  return memberOf(answer, tags.ExtensionTag) !== undefined;
}
