import { KmipError } from "@akm/kmip-model";
import { TtlvError } from "@akm/ttlv";
import type { Answer } from "../answer.ts";
import { auditRecord } from "../audit.ts";
import { OutcomeUnknown } from "../commit.ts";
import { type Core, timeStampNow } from "../core.ts";
import type { Session } from "../session.ts";
import { runBatch } from "./batch.ts";
import { type Incoming, readIncoming, versionClaimed } from "./incoming.ts";
import { refuseMessage } from "./response.ts";
import { judge } from "./steps/index.ts";

/** Answers one message, whatever it is: never throws. */
export async function answerMessage(
  core: Core,
  message: Uint8Array,
  session: Session,
): Promise<Answer> {
  try {
    const bytes = await answerReadable(core, readIncoming(message), session);
    return { bytes, close: false };
  } catch (error) {
    if (error instanceof TtlvError)
      return { bytes: refuseBytes(core, message, error), close: true };
    const event = error instanceof OutcomeUnknown ? "message.unknown" : "message.fault";
    core.log("error", event, { user: session.user, error });
    return { bytes: undefined, close: true };
  }
}

async function answerReadable(
  core: Core,
  incoming: Incoming,
  session: Session,
): Promise<Uint8Array> {
  try {
    const header = judge(incoming, core.policy);
    return await runBatch({ core, session, incoming, header });
  } catch (error) {
    if (!(error instanceof KmipError)) throw error;
    await noteRefusedMessage(core, error, session);
    return refuseMessage(incoming.version, timeStampNow(core), error);
  }
}

/** The refusal of bytes that do not parse to their end, in the version that they claim if they claim one. */
export function refuseBytes(core: Core, message: Uint8Array, error: TtlvError): Uint8Array {
  const refusal = new KmipError("InvalidMessage", error.message, { cause: error });
  return refuseMessage(versionClaimed(message), timeStampNow(core), refusal);
}

/** A message that is refused as a whole leaves one record; a refused Credential a durable one. */
async function noteRefusedMessage(core: Core, error: KmipError, session: Session): Promise<void> {
  const { user, address } = session;
  const { reason, message: why } = error;
  const id = core.operationId();
  core.log("warn", "message.refused", { user, address, reason, why, correlation: id });
  try {
    const event = { id, atMs: core.store.now(), node: core.node, address, user };
    const record = auditRecord({ ...event, operation: "Message", result: reason });
    const durability = reason === "AuthenticationNotSuccessful" ? "durable" : "soon";
    await core.store.append([record], durability);
  } catch (lost) {
    core.log("error", "audit.lost", { correlation: id, error: lost });
  }
}
