/** Why a run cannot go on: a wrong command line, a file, a case that cannot be read, a server that cannot be reached. */
export type FailureKind = "usage" | "file" | "case" | "server";

/** The exit codes: 1 is for what was found, the others for what kept a run from finding anything. */
export const exitCodes: Readonly<Record<FailureKind, number>> = {
  usage: 2,
  file: 3,
  case: 4,
  server: 5,
};

/** What whoever runs the player can mend: told in a line, without a stack. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
