import { tags } from "@akm/kmip-model";
import { anyItem, encode, type Item } from "@akm/ttlv";
import { batchItemsOf, memberOf, membersOf, memberText, textOf } from "../xml/members.ts";
import type { Version } from "./case.ts";
import type { PlayedStep, Send } from "./played.ts";

const makers: ReadonlySet<string> = new Set([
  "Create",
  "Register",
  "ReKey",
  "CreateKeyPair",
  "ReKeyKeyPair",
]);

const identifierTags = [
  tags.UniqueIdentifier,
  tags.PrivateKeyUniqueIdentifier,
  tags.PublicKeyUniqueIdentifier,
];

/** Destroys what a conversation made and did not destroy: it may have ended early, and names must not meet again. */
export async function cleanUp(
  version: Version,
  steps: readonly PlayedStep[],
  send: Send,
): Promise<void> {
  const minor = Number(version.slice(2));
  for (const id of leftBehind(steps)) {
    for (const item of [permit(id), revoke(id), destroy(id)]) {
      const message = requestOf(minor, item);
      await send(encode(message.tag, anyItem, message));
    }
  }
}

function leftBehind(steps: readonly PlayedStep[]): ReadonlySet<string> {
  const left = new Set<string>();
  for (const item of steps.flatMap(({ answer }) => batchItemsOf(answer))) {
    if (memberText(item, tags.ResultStatus) !== "Success") continue;
    const operation = memberText(item, tags.Operation) ?? "";
    for (const id of identifiersIn(memberOf(item, tags.ResponsePayload))) {
      if (makers.has(operation)) left.add(id);
      if (operation === "Destroy") left.delete(id);
    }
  }
  return left;
}

function identifiersIn(payload: Item | undefined): readonly string[] {
  return identifierTags.flatMap((tag) => membersOf(payload, tag).map((each) => textOf(each)));
}

const codes = {
  modifyAttribute: 0x0e,
  revoke: 0x13,
  destroy: 0x14,
  cessationOfOperation: 6,
} as const;

/** Servers without this attribute refuse; nothing is lost by it. */
function permit(id: string): Item {
  const attribute = structure(tags.Attribute, [
    text(tags.AttributeName, "y-Destroy Permitted"),
    { tag: tags.AttributeValue, type: "Boolean", value: true },
  ]);
  return itemOf(codes.modifyAttribute, [text(tags.UniqueIdentifier, id), attribute]);
}

function revoke(id: string): Item {
  const reason = structure(tags.RevocationReason, [
    number(tags.RevocationReasonCode, "Enumeration", codes.cessationOfOperation),
  ]);
  return itemOf(codes.revoke, [text(tags.UniqueIdentifier, id), reason]);
}

function destroy(id: string): Item {
  return itemOf(codes.destroy, [text(tags.UniqueIdentifier, id)]);
}

function itemOf(operation: number, payload: readonly Item[]): Item {
  return structure(tags.BatchItem, [
    number(tags.Operation, "Enumeration", operation),
    structure(tags.RequestPayload, payload),
  ]);
}

function requestOf(minor: number, item: Item): Item {
  const version = structure(tags.ProtocolVersion, [
    number(tags.ProtocolVersionMajor, "Integer", 1),
    number(tags.ProtocolVersionMinor, "Integer", minor),
  ]);
  const header = structure(tags.RequestHeader, [version, number(tags.BatchCount, "Integer", 1)]);
  return structure(tags.RequestMessage, [header, item]);
}

function structure(tag: number, value: readonly Item[]): Item {
  return { tag, type: "Structure", value };
}

function number(tag: number, type: "Integer" | "Enumeration", value: number): Item {
  return { tag, type, value };
}

function text(tag: number, value: string): Item {
  return { tag, type: "TextString", value };
}
