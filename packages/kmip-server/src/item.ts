import { attributes, KmipError, type RequestBatchItem, tags } from "@akm/kmip-model";
import { decodeRaw, encodeRaw, type RawItem } from "@akm/ttlv";
import { authorizeOperation } from "./access.ts";
import { refusalFor } from "./answer-error.ts";
import { auditRecord } from "./audit.ts";
import { changeSetOf } from "./change.ts";
import { type Attempt, commit } from "./commit.ts";
import type { Context, Done, Handler } from "./handler.ts";
import { type IncomingItem, orRefuse } from "./incoming.ts";
import { type MessageRun, OutcomeUnknown, ResponseTooLarge } from "./message-run.ts";
import { one } from "./object/attribute-set.ts";
import type { ManagedObject } from "./object/managed-object.ts";
import { objectsFor } from "./objects.ts";
import { type Echo, echoOf, refusalItem, writeItem } from "./response.ts";

/** How an item ended: its part of the answer, and whether the batch goes on. */
export interface ItemEnd {
  readonly answer: RawItem;
  readonly failed: boolean;
}

/** One item under way. */
interface ItemWork {
  /** Identifier of the operation: in the log, in the audit record, and by which an unknown outcome is resolved. */
  readonly id: string;
  readonly run: MessageRun;
  readonly item: IncomingItem;
  readonly echo: Echo;
  /** The object that the audit record names, once it is known. */
  about: ManagedObject | undefined;
}

/**
 * Runs one batch item to its end: whatever goes wrong in it is its answer.
 *
 * @throws ResponseTooLarge, OutcomeUnknown
 */
export async function runItem(item: IncomingItem, run: MessageRun): Promise<ItemEnd> {
  const id = Buffer.from(run.core.randomness(16)).toString("hex");
  const work: ItemWork = { id, run, item, echo: echoOf(item), about: undefined };
  try {
    return await serve(work);
  } catch (error) {
    if (error instanceof OutcomeUnknown) throw error;
    const refusal = refusalFor(error, run.core.log, id);
    await noteRefusal(work, refusal);
    if (error instanceof ResponseTooLarge) throw error;
    return { answer: fitting(refusalItem(refusal, work.echo), run), failed: true };
  }
}

async function serve(work: ItemWork): Promise<ItemEnd> {
  const { run, item } = work;
  if (item.content instanceof KmipError) throw item.content;
  const handler = handlerFor(item.content, run);
  refuseCriticalExtension(item.content);
  const request = readPayload(item.content, handler, run);
  authorizeOperation(handler.need, run.session, run.core.policy);
  const { end, placeholder } = await commit(run.core, async () => {
    const context = contextFor(work);
    const done = await handler.run(request, context);
    work.about = done.about;
    return attemptOf(done, { work, handler, now: context.now });
  });
  if (placeholder !== undefined) run.placeholder = placeholder ?? undefined;
  return end;
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

function contextFor({ run }: ItemWork): Context {
  const { core, session, edition } = run;
  const { policy, material, randomness } = core;
  const now = BigInt(Math.floor(core.store.now() / 1000));
  const objects = objectsFor(core, session, run.placeholder);
  return {
    session,
    now,
    edition,
    policy,
    objects,
    material,
    randomness,
    offered: [...core.handlers.keys()],
  };
}

/** What one run of a handler comes to: its part of the answer first, because what does not fit changes nothing. */
function attemptOf(
  done: Done<unknown>,
  { work, handler, now }: { work: ItemWork; handler: Handler; now: bigint },
): Attempt<{ end: ItemEnd; placeholder: string | null | undefined }> {
  const { run } = work;
  const { response, change, refusal, placeholder } = done;
  const payload = encodeRaw(tags.ResponsePayload, handler.declaration.response, response, {
    edition: run.edition,
  });
  const answer = fitting(answerItem(work, payload, refusal), run);
  const record = auditRecord({ ...eventOf(work), result: refusal?.reason ?? "Success" });
  const result = { end: { answer, failed: refusal !== undefined }, placeholder };
  if (change === undefined) {
    return { result, audit: { record, durability: handler.releasesKey ? "durable" : "soon" } };
  }
  const { nameTaken } = change;
  const changeSet = changeSetOf(change, record, { ...run.core, now });
  return { result, changeSet, ...(nameTaken === undefined ? {} : { nameTaken }) };
}

function answerItem(
  { echo }: ItemWork,
  responsePayload: RawItem,
  refusal: KmipError | undefined,
): RawItem {
  const item =
    refusal === undefined
      ? writeItem({ ...echo, resultStatus: "Success", responsePayload })
      : refusalItem(refusal, echo, responsePayload);
  responsePayload.bytes.fill(0);
  return item;
}

function fitting(answer: RawItem, run: MessageRun): RawItem {
  if (run.fits(answer)) return answer;
  answer.bytes.fill(0);
  throw new ResponseTooLarge("the answer is larger than the Maximum Response Size, or than 1 MiB");
}

/** Refusals by access are durable before they are told; all others within a second. A refusal stands without its record. */
async function noteRefusal(work: ItemWork, { reason }: KmipError): Promise<void> {
  const { store, log } = work.run.core;
  const durability = reason === "PermissionDenied" ? "durable" : "soon";
  try {
    await store.append([auditRecord({ ...eventOf(work), result: reason })], durability);
  } catch (error) {
    log("error", "audit.lost", { correlation: work.id, error });
  }
}

function eventOf({ id, run, item, about }: ItemWork) {
  const { core, session } = run;
  return {
    id,
    atMs: core.store.now(),
    node: core.node,
    address: session.address,
    user: session.user,
    operation: String(item.operation ?? "unreadable"),
    ...(about === undefined
      ? {}
      : { instance: about.id, keyName: one(about.attributes, attributes.keyName) }),
  };
}
