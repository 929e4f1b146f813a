import { tags } from "@akm/kmip-model";
import { batchItemsOf, memberOf, memberText } from "../xml/members.ts";
import type { Seen } from "./seen.ts";

/** A feature of messages, and when an exchange shows it. */
export interface Feature {
  readonly name: string;
  isShown(seen: Seen): boolean;
}

/** The features of request and response messages. KMIP 1.1 §6, §7. */
export const features: readonly Feature[] = [
  {
    name: "Protocol Version",
    isShown: (seen) =>
      versionOf(seen.request, tags.RequestHeader) === versionOf(seen.answer, tags.ResponseHeader),
  },
  {
    name: "Time Stamp",
    isShown: ({ answer }) =>
      memberOf(memberOf(answer, tags.ResponseHeader), tags.TimeStamp)?.type === "DateTime",
  },
  {
    name: "Batch of several items",
    isShown: ({ answer, isSuccess }) => isSuccess && batchItemsOf(answer).length > 1,
  },
  { name: "Unique Batch Item ID", isShown: isEchoed },
  { name: "ID Placeholder", isShown: isPlaceholderUsed },
  {
    name: "Batch Order Option",
    isShown: (seen) => seen.isSuccess && header(seen, tags.BatchOrderOption) !== undefined,
  },
  ...["Stop", "Continue", "Undo"].map((option) => ({
    name: `Batch Error Continuation Option: ${option}`,
    isShown: (seen: Seen) =>
      seen.isSuccess && header(seen, tags.BatchErrorContinuationOption) === option,
  })),
  {
    name: "Maximum Response Size",
    isShown: (seen) =>
      header(seen, tags.MaximumResponseSize) !== undefined && hasReason(seen, "ResponseTooLarge"),
  },
  {
    name: "Asynchronous answers",
    isShown: ({ answerItem }) => memberText(answerItem, tags.ResultStatus) === "OperationPending",
  },
  {
    name: "Authentication in the header",
    isShown: ({ request, isSuccess }) =>
      isSuccess &&
      memberOf(memberOf(request, tags.RequestHeader), tags.Authentication) !== undefined,
  },
  {
    name: "Message Extension, not critical",
    isShown: (seen) => seen.isSuccess && isCritical(seen) === false,
  },
  {
    name: "Message Extension, critical: refused",
    isShown: (seen) => isCritical(seen) === true && hasReason(seen, "FeatureNotSupported"),
  },
  {
    name: "Result Reason",
    isShown: ({ answerItem }) => memberOf(answerItem, tags.ResultReason) !== undefined,
  },
  {
    name: "Result Message",
    isShown: ({ answerItem }) => memberOf(answerItem, tags.ResultMessage) !== undefined,
  },
];

function header({ request }: Seen, tag: number): string | undefined {
  return memberText(memberOf(request, tags.RequestHeader), tag);
}

function versionOf(message: Seen["request"], tag: number): string {
  const version = memberOf(memberOf(message, tag), tags.ProtocolVersion);
  return [tags.ProtocolVersionMajor, tags.ProtocolVersionMinor]
    .map((each) => memberText(version, each))
    .join(".");
}

function isEchoed({ requestItem, answerItem }: Seen): boolean {
  const sent = memberText(requestItem, tags.UniqueBatchItemID);
  return sent !== undefined && sent === memberText(answerItem, tags.UniqueBatchItemID);
}

const onObjects: ReadonlySet<string> = new Set([
  "Activate",
  "Get",
  "GetAttributes",
  "GetAttributeList",
  "Destroy",
  "Revoke",
]);

function isPlaceholderUsed({ isSuccess, operation, requestItem, payload }: Seen): boolean {
  const request = memberOf(requestItem, tags.RequestPayload);
  const isLeftOut = memberOf(request, tags.UniqueIdentifier) === undefined;
  return (
    isSuccess &&
    onObjects.has(operation) &&
    isLeftOut &&
    memberOf(payload, tags.UniqueIdentifier) !== undefined
  );
}

function isCritical({ requestItem }: Seen): unknown {
  return memberOf(memberOf(requestItem, tags.MessageExtension), tags.CriticalityIndicator)?.value;
}

function hasReason({ answerItem }: Seen, reason: string): boolean {
  return memberText(answerItem, tags.ResultReason) === reason;
}
