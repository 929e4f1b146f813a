import { attributes, type KmipError } from "@akm/kmip-model";
import type { AuditRecord } from "@akm/store";
import { auditRecord } from "../audit.ts";
import { one } from "../object/attribute-set.ts";
import type { ManagedObject } from "../object/managed-object.ts";
import type { IncomingItem } from "./incoming.ts";
import type { MessageRun } from "./message-run.ts";
import { type Echo, echoOf } from "./response.ts";

/** One batch item under way. */
export interface ItemWork {
  /** Identifier of the operation: in the log, in the audit record, and by which an unknown outcome is resolved. */
  readonly id: string;
  readonly run: MessageRun;
  readonly item: IncomingItem;
  readonly echo: Echo;
  /** The identifier that the request names, once it could be read. */
  named: string | undefined;
  /** The object that it turned out to be about. */
  about: ManagedObject | undefined;
}

/** An item at its beginning. */
export function beginItem(item: IncomingItem, run: MessageRun): ItemWork {
  const id = run.core.operationId();
  return { id, run, item, echo: echoOf(item), named: undefined, about: undefined };
}

/** The audit record of an item that ended like this. */
export function recordOf(work: ItemWork, refusal: KmipError | undefined): AuditRecord {
  const { id, run, item, named, about } = work;
  const { core, session } = run;
  return auditRecord({
    id,
    atMs: core.store.now(),
    node: core.node,
    address: session.address,
    user: session.user,
    operation: String(item.operation ?? "unreadable"),
    instance: about?.id ?? named,
    keyName: about && one(about.attributes, attributes.keyName),
    result: refusal?.reason ?? "Success",
  });
}

/**
 * Hands the record of a refusal over: one by access is durable before it is told, every other within a second. The
 * refusal stands even where its record is lost, since nothing was done.
 */
export async function noteRefusal(work: ItemWork, refusal: KmipError): Promise<void> {
  const { store, log } = work.run.core;
  try {
    const durability = refusal.reason === "PermissionDenied" ? "durable" : "soon";
    await store.append([recordOf(work, refusal)], durability);
  } catch (error) {
    log("error", "audit.lost", { correlation: work.id, error });
  }
}

/** Tells the log how an item ended; never what was in it. */
export function logEnd(work: ItemWork, refusal: KmipError | undefined): void {
  const { id, run, item, named, about } = work;
  run.core.log(refusal === undefined ? "debug" : "info", "item.done", {
    operation: item.operation,
    object: about?.id ?? named,
    user: run.session.user,
    ...(refusal === undefined ? {} : { reason: refusal.reason, why: refusal.message }),
    correlation: id,
  });
}
