import { enumerations, tags } from "@akm/kmip-model";
import type { Item } from "@akm/ttlv";
import { memberOf, membersOf, textOf } from "../xml/members.ts";

/** What is known of the request whose answer is judged: how much may vary follows from it. */
export interface Asked {
  readonly operation: string | undefined;
  /** Whether the request says by name what it wants: attributes, or versions. */
  readonly isNamed: boolean;
}

/** What a batch item asked for. */
export function askedBy(item: Item | undefined): Asked {
  const code = item && memberOf(item, tags.Operation)?.value;
  const payload = item && memberOf(item, tags.RequestPayload);
  const named = [tags.AttributeName, tags.ProtocolVersion].flatMap((tag) =>
    membersOf(payload, tag),
  );
  const operation = typeof code === "number" ? enumerations.operation.nameOf(code) : undefined;
  return { operation, isNamed: named.length > 0 };
}

const queryLists: ReadonlySet<number> = new Set([
  tags.Operation,
  tags.ObjectType,
  tags.ApplicationNamespace,
  tags.ServerInformation,
  tags.VendorIdentification,
  tags.ExtensionInformation,
]);

/** Whether an item that the case does not have may stand in an answer. Symmetric Key Lifecycle profile §4.7. */
export function mayBeAdded(item: Item, parent: number, asked: Asked): boolean {
  if (mayBeAbsent(item.tag, textOf(item), parent)) return true;
  if (item.tag === tags.MessageExtension) {
    return memberOf(item, tags.CriticalityIndicator)?.value === false;
  }
  if (parent !== tags.ResponsePayload) return false;
  switch (asked.operation) {
    case "GetAttributes":
      return item.tag === tags.Attribute && !asked.isNamed;
    case "GetAttributeList":
      return item.tag === tags.AttributeName;
    case "Query":
      return queryLists.has(item.tag);
    case "DiscoverVersions":
      return item.tag === tags.ProtocolVersion && !asked.isNamed;
    default:
      return false;
  }
}

/** Whether an item that the case has may be left out of an answer, or stand there although the case has none. */
export function mayBeAbsent(tag: number, text: string, parent: number): boolean {
  switch (tag) {
    case tags.ResultMessage:
      return true;
    case tags.AttributeIndex:
      return text === "0";
    case tags.TemplateAttribute:
    case tags.PrivateKeyTemplateAttribute:
    case tags.PublicKeyTemplateAttribute:
      return parent === tags.ResponsePayload;
    default:
      return false;
  }
}

const free: ReadonlySet<number> = new Set([
  tags.ResultMessage,
  tags.TimeStamp,
  tags.VendorIdentification,
  tags.ServerInformation,
]);

/** Whether the value under a tag is the server's own business. */
export function isFree(tag: number): boolean {
  return free.has(tag);
}

const made: ReadonlySet<number> = new Set([
  tags.KeyMaterial,
  tags.Key,
  tags.DigestValue,
  tags.AsynchronousCorrelationValue,
]);

/** Whether the server makes the values under a tag, where the client has not sent them. */
export function isMadeByServer(tag: number): boolean {
  return made.has(tag);
}

/** Whether the items of a list may come in any order. */
export function isUnordered(tag: number, asked: Asked): boolean {
  if (tag === tags.Attribute || tag === tags.AttributeName) return true;
  return asked.operation === "Query" && !isFree(tag);
}
