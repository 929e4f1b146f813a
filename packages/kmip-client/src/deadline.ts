/** How long a call may take, and who may end it earlier. */
export interface CallOptions {
  /** Ends the call; what the server may have done by then is said in the error. */
  readonly signal?: AbortSignal;
  /** For the whole call: waiting for a connection, connecting, a second attempt, the answer. The client's unless given. */
  readonly timeoutMs?: number;
}

/** Runs `act` under a signal that aborts after `timeoutMs`, or when the caller's own does. The timer ends with the call. */
export async function withinDeadline<Result>(
  { signal, timeoutMs }: CallOptions & { readonly timeoutMs: number },
  act: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const late = () =>
    controller.abort(new DOMException(`no answer within ${timeoutMs} ms`, "TimeoutError"));
  const given = () => controller.abort(signal?.reason);
  const timer = setTimeout(late, timeoutMs);
  if (signal?.aborted) given();
  signal?.addEventListener("abort", given, { once: true });
  try {
    return await act(controller.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", given);
  }
}
