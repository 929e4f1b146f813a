import { type OperationDeclaration, operations } from "@akm/kmip-model";
import type { CallOptions } from "./deadline.ts";
import type { AskedOperation, MethodRequest } from "./shape/shape.ts";

/** The name of an operation's method: `ReKey` → `reKey`. */
export type MethodName<O extends AskedOperation> = Uncapitalize<O>;

/** What a method takes: the payload, which may be left out where nothing in it is required, then `More`. */
export type Arguments<O extends AskedOperation, More extends unknown[] = []> =
  Record<never, never> extends MethodRequest<O>
    ? [request?: MethodRequest<O>, ...more: More]
    : [request: MethodRequest<O>, ...more: More];

/** What the methods of a client take beside the payload. */
export type WithOptions = [options?: CallOptions];

/** One method for each operation whose payloads are declared, by its name with a small first letter. */
export function methods<Method>(
  make: (operation: OperationDeclaration) => Method,
): Readonly<Record<string, Method>> {
  const declared: readonly OperationDeclaration[] = Object.values(operations);
  const asked = declared.filter(({ payloads }) => payloads);
  return Object.fromEntries(
    asked.map((operation) => [
      operation.name.charAt(0).toLowerCase() + operation.name.slice(1),
      make(operation),
    ]),
  );
}
