import { KmipError, type RequestBatchItem } from "@akm/kmip-model";
import { decodeRaw } from "@akm/ttlv";
import { authorizeOperation } from "../access.ts";
import { commit, OutcomeUnknown } from "../commit.ts";
import { contextFor } from "../context.ts";
import type { Handler } from "../handler.ts";
import { orRefuse } from "../or-refuse.ts";
import { ResponseTooLarge } from "../response-limit.ts";
import { refusalFor } from "./answer-error.ts";
import { attemptOf, fitting, type ItemEnd } from "./attempt.ts";
import type { IncomingItem } from "./incoming.ts";
import { beginItem, type ItemWork, logEnd, noteRefusal } from "./item-work.ts";
import type { MessageRun } from "./message-run.ts";
import { refusalItem } from "./response.ts";

/**
 * Runs one batch item to its end: whatever goes wrong in it is its answer.
 *
 * @throws ResponseTooLarge, OutcomeUnknown
 */
export async function runItem(item: IncomingItem, run: MessageRun): Promise<ItemEnd> {
  const work = beginItem(item, run);
  try {
    const end = await serve(work);
    logEnd(work, end.refusal);
    return end;
  } catch (error) {
    if (error instanceof OutcomeUnknown) throw error;
    const refusal = refusalFor(error, run.core.log, work.id);
    await noteRefusal(work, refusal);
    logEnd(work, refusal);
    if (error instanceof ResponseTooLarge) throw error;
    return { answer: fitting(refusalItem(refusal, work.echo), run), refusal };
  }
}

async function serve(work: ItemWork): Promise<ItemEnd> {
  const { run, item } = work;
  if (item.content instanceof KmipError) throw item.content;
  const handler = handlerFor(item.content, run);
  refuseCriticalExtension(item.content);
  const request = readPayload(item.content, handler, run);
  work.named = identifierIn(request) ?? run.placeholder;
  authorizeOperation(handler.need, run.session, run.core.policy);
  return await commit(run.core, async () => {
    const context = contextFor(run.core, run);
    const done = await handler.run(request, context);
    work.about = done.about;
    return attemptOf(done, { work, handler, now: context.now });
  });
}

function handlerFor({ operation }: RequestBatchItem, { core }: MessageRun): Handler {
  const handler = typeof operation === "number" ? undefined : core.handlers.get(operation);
  if (handler !== undefined) return handler;
  const shown = typeof operation === "number" ? `0x${operation.toString(16)}` : operation;
  throw new KmipError("OperationNotSupported", `operation ${shown} is not supported`);
}

/** No vendor's extension is known, so one that must be understood refuses its item. AKM guide, note 3. */
function refuseCriticalExtension({ messageExtension: extension }: RequestBatchItem): void {
  if (extension === undefined || !extension.criticalityIndicator) return;
  const vendor = extension.vendorIdentification;
  throw new KmipError(
    "FeatureNotSupported",
    `the critical Message Extension of ${vendor} is not known`,
  );
}

function readPayload(
  { requestPayload }: RequestBatchItem,
  { declaration }: Handler,
  run: MessageRun,
): unknown {
  const unknownFields = declaration.strict ? "refuse" : run.unknownFields;
  const options = { edition: run.edition, unknownFields, path: "requestPayload" } as const;
  return orRefuse(() => decodeRaw(requestPayload, declaration.request, options));
}

/** The object that a request names, if it names one. */
function identifierIn(request: unknown): string | undefined {
  return (request as { readonly uniqueIdentifier?: string }).uniqueIdentifier;
}
