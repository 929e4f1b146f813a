import { type OperationDeclaration, operations } from "@akm/kmip-model";
import { type Batch, createBatch } from "./batch.ts";
import type { CallOptions } from "./deadline.ts";
import { exchange } from "./exchange.ts";
import { type ClientOptions, createLink } from "./link.ts";
import { type Arguments, type MethodName, methods, type WithOptions } from "./methods.ts";
import { fromResponse } from "./shape/from-response.ts";
import type { AskedOperation, MethodResponse, RawRequest, RawResponse } from "./shape/shape.ts";
import { toRequest } from "./shape/to-request.ts";
import type { Transport } from "./transport.ts";

/** One method for each operation: `client.activate({ uniqueIdentifier })`. */
export type OperationMethods = {
  readonly [O in AskedOperation as MethodName<O>]: (
    ...request: Arguments<O, WithOptions>
  ) => Promise<MethodResponse<O>>;
};

/**
 * A KMIP client. Its methods throw KmipFailure where the server refuses, TransportError where no answer came,
 * ProtocolError where the answer is none, and TtlvError or TypeError for a payload that cannot be sent.
 */
export interface Client extends OperationMethods {
  /** Asks with a payload as declared in kmip-model, and gives the answer as declared: structures and key bytes included. */
  call<O extends AskedOperation>(
    operation: O,
    request: RawRequest<O>,
    options?: CallOptions,
  ): Promise<RawResponse<O>>;
  /** Begins a batch: several operations in one message. */
  batch(): Batch<[]>;
}

/** A client that sends its messages over `transport`. It holds nothing that must be closed; the transport may. */
export function createClient(transport: Transport, options: ClientOptions = {}): Client {
  const link = createLink(transport, options);

  async function ask(
    operation: OperationDeclaration,
    request: unknown,
    callOptions?: CallOptions,
  ): Promise<unknown> {
    const { results, failure } = await exchange(link, [{ operation, request }], callOptions);
    if (failure !== undefined) throw failure;
    return results[0];
  }

  const asked = methods(
    (operation) =>
      async (request: object = {}, callOptions?: CallOptions): Promise<unknown> => {
        const payload = toRequest(operation, request, link.edition);
        return fromResponse(await ask(operation, payload, callOptions), link.edition);
      },
  );
  return {
    ...(asked as unknown as OperationMethods),
    call: (operation, request, callOptions) =>
      ask(operations[operation], request, callOptions) as Promise<never>,
    batch: () => createBatch(link),
  };
}
