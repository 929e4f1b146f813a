import { setTimeout as pause } from "node:timers/promises";
import type { OperationName } from "@akm/kmip-model";
import type { Store } from "@akm/store";
import type { TtlvError } from "@akm/ttlv";
import { type Administration, administrationOf } from "./administration.ts";
import type { AnswerMessage } from "./answer.ts";
import { createRoller, type RollDue } from "./auto-re-key/roller.ts";
import type { Core } from "./core.ts";
import { type Keyring, type Randomness, systemRandomness } from "./crypto/index.ts";
import { type Log, silent } from "./log.ts";
import { answerMessage, refuseBytes } from "./message/answer-message.ts";
import { createMaterial } from "./object/material.ts";
import { createRows } from "./object/rows.ts";
import { createOperationIds } from "./operation-ids.ts";
import { handlers, offeredOperations } from "./operations/index.ts";
import { defaultPolicy, type Policy } from "./policy.ts";
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
  /** One round of automatic re-keying; whoever runs the server calls it about once a minute. */
  readonly rollDue: RollDue;
  /** The answer to bytes that are not even a message: Invalid Message in version 1.0. */
  refuse(error: TtlvError): Uint8Array;
}

/** A server over a store: bytes in, bytes out. */
export function createServer(options: ServerOptions): KmipServer {
  const core = coreOf(options);
  return {
    answer: (message, session) => answerMessage(core, message, session),
    administration: administrationOf(core),
    rollDue: createRoller(core),
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
    operationId: createOperationIds(randomness),
    log,
    node,
    offered: offeredOperations,
    handlers: new Map(
      Object.entries(handlers) as [OperationName, (typeof handlers)[keyof typeof handlers]][],
    ),
    turns: createTurns(),
    pause,
  };
}
