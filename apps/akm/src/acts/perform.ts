import { StoreError } from "@akm/store";
import { Failure } from "../failure.ts";
import type { Installation, Perform } from "./act.ts";
import { type CertificateActs, certificateActs } from "./certificates.ts";
import { type KeyActs, keyActs } from "./keys.ts";

/** Every act of the command line, what it is told and what it tells. */
export interface Acts extends CertificateActs, KeyActs {}

const acts: { readonly [Name in keyof Acts]: Perform<Acts[Name]> } = {
  ...certificateActs,
  ...keyActs,
};

/** Does the act of this name, which came over the control socket or from a command of this process. */
export type PerformAct = (name: string, argument: unknown) => Promise<unknown>;

/** Does acts on an installation one after the other: each reads files that the one before may have written. */
export function actsOn(installation: Installation): PerformAct {
  let last: Promise<unknown> = Promise.resolve();
  return (name, argument) => {
    const own = last.then(() => performAct(name, argument, installation));
    last = own.catch(() => undefined);
    return own;
  };
}

async function performAct(
  name: string,
  argument: unknown,
  installation: Installation,
): Promise<unknown> {
  if (!Object.hasOwn(acts, name)) {
    throw new Failure("usage", `the server knows no act ${name}: is it another version of akm?`);
  }
  // The socket is open to the server's user and root alone, who send what this version's commands send.
  const perform = acts[name as keyof Acts] as Perform<{ argument: unknown; result: unknown }>;
  try {
    return await perform(argument, installation);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new Failure("database", `nothing was done: ${error.message}`, { cause: error });
  }
}
