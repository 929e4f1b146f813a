import type {
  Edition,
  KmipError,
  OperationDeclaration,
  OperationName,
  ReasonOf,
  RequestOf,
  ResponseOf,
  ResultReason,
} from "@akm/kmip-model";
import type { Need } from "./access.ts";
import type { Change } from "./change.ts";
import type { Randomness } from "./crypto/index.ts";
import type { ManagedObject } from "./object/managed-object.ts";
import type { Material } from "./object/material.ts";
import type { Objects } from "./objects.ts";
import type { Policy } from "./policy.ts";
import type { Session } from "./session.ts";

/** What a handler may use. It holds no way to write: a handler returns its change. */
export interface Context {
  readonly session: Session;
  /** Seconds since 1970, server time; the same for the whole item. */
  readonly now: bigint;
  /** By whose declarations the request is read and the answer written. */
  readonly edition: Edition;
  readonly policy: Policy;
  /** The objects that the session may touch. */
  readonly objects: Objects;
  readonly material: Material;
  readonly randomness: Randomness;
  /** The operations that have a handler. */
  readonly offered: readonly OperationName[];
}

/** A context as dispatch makes it: it ends the item for any reason, a handler sees those of its own operation. */
export interface FullContext extends Context {
  readonly fail: (reason: ResultReason, text: string) => never;
}

/** Ends the item with a reason that the operation declares, and a text that names field and value. */
export type Fail<D> = (reason: ReasonOf<D>, text: string) => never;

/** What a handler has to say when it is done. */
export interface Done<Response> {
  readonly response: Response;
  readonly change?: Change;
  /** The object that the audit record names. */
  readonly about?: ManagedObject;
  /** What the ID Placeholder becomes: an identifier, `null` for none; absent leaves it as it is. KMIP 1.1 §4. */
  readonly placeholder?: string | null;
  /** A refusal that carries the response as its payload: only Check has one. KMIP 1.1 §4.10. */
  readonly refusal?: KmipError;
}

/** A handler as dispatch sees it. */
export interface Handler<D extends OperationDeclaration = OperationDeclaration> {
  readonly declaration: D;
  readonly need: Need;
  /** Whether a success hands out a key, whose audit record must be durable before. */
  readonly releasesKey: boolean;
  run(request: RequestOf<D>, context: FullContext): Promise<Done<ResponseOf<D>>>;
}

type Run<D> = (
  request: RequestOf<D>,
  context: Context & { readonly fail: Fail<D> },
) => Promise<Done<ResponseOf<D>>>;

/** Declares the handler of an operation, and what it needs of its asker. */
export function handle<D extends OperationDeclaration>(
  declaration: D,
  need: Need,
  run: Run<D>,
): Handler<D> {
  return { declaration, need, releasesKey: declaration.name === "Get", run };
}
