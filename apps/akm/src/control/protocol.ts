import { exitCodes, Failure, type FailureKind } from "../failure.ts";

/** What a command asks of the server, a line of JSON. */
export interface ControlRequest {
  /** Name of the act, `cert issue`. */
  readonly act: string;
  readonly arguments: unknown;
}

/** What comes back, a line of JSON. */
export type ControlAnswer =
  | { readonly result: unknown }
  | { readonly failure: { readonly kind: FailureKind; readonly message: string } };

/** The answer that says what went wrong; of a defect only that there was one. */
export function failureAnswer(error: unknown): ControlAnswer {
  if (error instanceof Failure) return { failure: { kind: error.kind, message: error.message } };
  return { failure: { kind: "defect", message: "the server failed to do it; its log says why" } };
}

/**
 * The result in an answer.
 *
 * @throws Failure the one that the answer reports
 */
export function resultOf(line: string): unknown {
  const answer: ControlAnswer = JSON.parse(line);
  if ("result" in answer) return answer.result;
  const { kind, message } = answer.failure;
  throw new Failure(Object.hasOwn(exitCodes, kind) ? kind : "defect", message);
}
