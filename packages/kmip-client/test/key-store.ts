import {
  type AttributeStructure,
  type Attributes,
  fromStructures,
  type Name,
  toStructures,
  v1_1,
} from "@akm/kmip-model";
import type { Answers } from "./responder.ts";
import { Refusal } from "./responder.ts";

/** A key as the little server of these tests keeps it. */
export interface StoredKey {
  readonly id: string;
  attributes: Attributes;
  isReplaced: boolean;
}

interface LocateRequest {
  readonly maximumItems?: number;
  readonly offsetItems?: number;
  readonly attribute: readonly AttributeStructure[];
}

/** Keys with unique names, each replaced once at most; just enough of a server for the helpers. */
export function createKeyStore(): { keys: StoredKey[]; answers: Answers } {
  const keys: StoredKey[] = [];
  const nameOf = ({ name }: Attributes): string | undefined => (name?.[0] as Name)?.nameValue;
  const find = ({ uniqueIdentifier }: { uniqueIdentifier: string }): StoredKey => {
    const found = keys.find(({ id }) => id === uniqueIdentifier);
    if (found === undefined) throw new Refusal("ItemNotFound", `no object ${uniqueIdentifier}`);
    return found;
  };
  const add = (attributes: Attributes): string => {
    const id = `key-${keys.length + 1}`;
    const initialDate = BigInt(keys.length);
    keys.push({ id, attributes: { ...attributes, initialDate }, isReplaced: false });
    return id;
  };
  const answers: Answers = {
    Create({ templateAttribute }: { templateAttribute: { attribute: AttributeStructure[] } }) {
      const attributes = fromStructures(templateAttribute.attribute, v1_1);
      const name = nameOf(attributes);
      if (name !== undefined && keys.some((key) => nameOf(key.attributes) === name)) {
        throw new Refusal("InvalidField", `Name ${name} is taken`);
      }
      return { objectType: "SymmetricKey", uniqueIdentifier: add(attributes) };
    },
    Locate({ attribute, maximumItems = keys.length, offsetItems = 0 }: LocateRequest) {
      const name = nameOf(fromStructures(attribute, v1_1));
      const found = keys.filter((key) => name === undefined || nameOf(key.attributes) === name);
      const page = found.slice(offsetItems, offsetItems + maximumItems);
      return { uniqueIdentifier: page.map(({ id }) => id) };
    },
    GetAttributes(request: { uniqueIdentifier: string; attributeName: readonly string[] }) {
      const { id, attributes } = find(request);
      const attribute = toStructures(attributes, v1_1).filter(({ attributeName }) =>
        request.attributeName.includes(attributeName),
      );
      return { uniqueIdentifier: id, attribute };
    },
    ReKey(request: { uniqueIdentifier: string; offset?: number }) {
      const old = find(request);
      if (old.isReplaced) throw new Refusal("PermissionDenied", "it was replaced before");
      const { name, ...rest } = old.attributes;
      old.attributes = rest;
      old.isReplaced = true;
      const activationDate = BigInt(request.offset ?? 1000);
      return { uniqueIdentifier: add({ ...rest, activationDate, ...(name && { name }) }) };
    },
  };
  return { keys, answers };
}
