import { Failure } from "./failure.ts";

/** What could not be listened on, and where that is decided. */
export interface ListenAttempt {
  readonly address: string;
  readonly port: number;
  /** The option or setting that chooses another port. */
  readonly option: string;
  /** The setting that chooses another address. */
  readonly key: string;
}

/** Turns an error of listening into a failure with its mend; any other error is returned as it is. */
export function listenFailure(
  error: unknown,
  { address, port, option, key }: ListenAttempt,
): unknown {
  const mends: Readonly<Record<string, string>> = {
    EADDRINUSE: `something else listens there: stop it, or choose another port with ${option}`,
    EACCES: `this user may not listen there: choose a port from 1024 up with ${option}`,
    EADDRNOTAVAIL: `this host has no such address: set ${key} in akm.conf`,
    ENOTFOUND: `this is no address of this host: set ${key} in akm.conf`,
    EAI_AGAIN: `this is no address of this host: set ${key} in akm.conf`,
  };
  const mend = mends[(error as NodeJS.ErrnoException).code ?? ""];
  if (mend === undefined) return error;
  return new Failure("address", `${address}, port ${port}: ${mend}`, { cause: error });
}
