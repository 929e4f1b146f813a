import type { CallOptions } from "./deadline.ts";
import { exchange } from "./exchange.ts";
import type { KmipFailure } from "./kmip-failure.ts";
import type { Asking, Link } from "./link.ts";
import { type Arguments, type MethodName, methods } from "./methods.ts";
import { fromResponse } from "./shape/from-response.ts";
import type { AskedOperation, MethodResponse } from "./shape/shape.ts";
import { toRequest } from "./shape/to-request.ts";

/** How a batch ended: with all answers, or with those before the item that failed. Later items did not run. */
export type BatchOutcome<Results extends readonly unknown[]> =
  | { readonly done: true; readonly results: Results }
  | { readonly done: false; readonly results: Partial<Results>; readonly failure: KmipFailure };

/**
 * Operations for one message, run in order; the first failure stops it, what ran before stays done. Each method gives
 * a new batch with one item more. An item without `uniqueIdentifier` speaks of the object that the item before it made
 * or found (ID Placeholder). KMIP 1.1 §4, §6.12, §6.13.
 */
export type Batch<Results extends readonly unknown[]> = {
  readonly [O in AskedOperation as MethodName<O>]: (
    ...request: Arguments<O>
  ) => Batch<[...Results, MethodResponse<O>]>;
} & {
  /** The answers in order. Throws BatchFailure where an item failed, and what a client's methods throw. */
  send(options?: CallOptions): Promise<Results>;
  /** The same, but a failed item is part of the outcome. */
  settle(options?: CallOptions): Promise<BatchOutcome<Results>>;
};

/** An item of a batch failed: `cause` says which and why. */
export class BatchFailure extends Error {
  override readonly name = "BatchFailure";
  override readonly cause: KmipFailure;
  /** The answers of the items before it, in order. */
  readonly results: readonly unknown[];

  constructor(cause: KmipFailure, results: readonly unknown[]) {
    super(`after ${results.length} items: ${cause.message}`, { cause });
    this.cause = cause;
    this.results = results;
  }
}

/** A batch of these items, none unless given. */
export function createBatch(link: Link, items: readonly Asking[] = []): Batch<[]> {
  async function settle(options?: CallOptions): Promise<BatchOutcome<readonly unknown[]>> {
    if (items.length === 0) return { done: true, results: [] };
    const { results: raw, failure } = await exchange(link, items, options);
    const results = raw.map((response) => fromResponse(response, link.edition));
    return failure === undefined ? { done: true, results } : { done: false, results, failure };
  }

  async function send(options?: CallOptions): Promise<readonly unknown[]> {
    const outcome = await settle(options);
    if (!outcome.done) throw new BatchFailure(outcome.failure, outcome.results);
    return outcome.results;
  }

  const more = methods((operation) => (request: object = {}) => {
    const item = { operation, request: toRequest(operation, request, link.edition) };
    return createBatch(link, [...items, item]);
  });
  return { ...more, settle, send } as unknown as Batch<[]>;
}
