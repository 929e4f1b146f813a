import { setTimeout as pause } from "node:timers/promises";
import { KmipError, type OperationName } from "@akm/kmip-model";
import type { Store } from "@akm/store";
import { TtlvError } from "@akm/ttlv";
import { type Administration, administrationOf } from "./administration.ts";
import type { Answer, AnswerMessage } from "./answer.ts";
import { runBatch } from "./batch.ts";
import type { Core } from "./core.ts";
import { type Keyring, type Randomness, systemRandomness } from "./crypto/index.ts";
import { type Incoming, readIncoming, versionClaimed } from "./incoming.ts";
import { type Log, silent } from "./log.ts";
import { OutcomeUnknown } from "./message-run.ts";
import { createMaterial } from "./object/material.ts";
import { createRows } from "./object/rows.ts";
import { handlers } from "./operations/index.ts";
import { defaultPolicy, type Policy } from "./policy.ts";
import { refuseMessage } from "./response.ts";
import type { Session } from "./session.ts";
import { judge } from "./steps/index.ts";
import { createTurns } from "./turns.ts";

/** What a server needs; everything else has a default. */
export interface ServerOptions {
  readonly store: Store;
  readonly keyring: Keyring;
  readonly policy?: Partial<Policy>;
  readonly log?: Log;
  /** The server's own name in audit records. */
  readonly node?: string;
  readonly randomness?: Randomness;
}

/** A KMIP server without its socket. */
export interface KmipServer {
  /** Answers one message; never throws. */
  readonly answer: AnswerMessage;
  /** What the administrator of the host does beside KMIP. */
  readonly administration: Administration;
  /** The answer to bytes that are not even a message: Invalid Message in version 1.0. */
  refuse(error: TtlvError): Uint8Array;
}

/** A server over a store: bytes in, bytes out. */
export function createServer(options: ServerOptions): KmipServer {
  const core = coreOf(options);
  return {
    answer: (message, session) => answer(core, message, session),
    administration: administrationOf(core),
    refuse: (error) => refuseBytes(core, new Uint8Array(), error),
  };
}

function coreOf({
  store,
  keyring,
  policy,
  log = silent,
  node = "akm",
  randomness = systemRandomness,
}: ServerOptions): Core {
  return {
    store,
    rows: createRows(keyring),
    material: createMaterial(keyring, randomness),
    policy: { ...defaultPolicy, ...policy },
    randomness,
    log,
    node,
    handlers: new Map(
      Object.entries(handlers) as [OperationName, (typeof handlers)[keyof typeof handlers]][],
    ),
    turns: createTurns(),
    pause,
  };
}

async function answer(core: Core, message: Uint8Array, session: Session): Promise<Answer> {
  try {
    return { bytes: await answerReadable(core, readIncoming(message), session), close: false };
  } catch (error) {
    if (error instanceof TtlvError)
      return { bytes: refuseBytes(core, message, error), close: true };
    if (error instanceof OutcomeUnknown)
      core.log("error", "message.unknown", { user: session.user, error });
    else core.log("error", "message.fault", { user: session.user, error });
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
    const { user, address } = session;
    core.log("warn", "message.refused", {
      user,
      address,
      reason: error.reason,
      why: error.message,
    });
    return refuseMessage(incoming.version, secondsNow(core), error);
  }
}

function refuseBytes(core: Core, message: Uint8Array, error: TtlvError): Uint8Array {
  const refusal = new KmipError("InvalidMessage", error.message, { cause: error });
  return refuseMessage(versionClaimed(message), secondsNow(core), refusal);
}

function secondsNow({ store }: Core): bigint {
  return BigInt(Math.floor(store.now() / 1000));
}
