/**
 * Who is at the other end of a connection: what its certificate says, as far as the authority that signed it may say so.
 * AKM guide, chapter 2: every operation needs one.
 */
export interface Session {
  /** The certificate's Common Name. */
  readonly user: string;
  /** The certificate's Organizational Units. */
  readonly groups: readonly string[];
  /** Whether it passes every access check and manages lists. */
  readonly administrator: boolean;
  /** The peer's address, for the log and the audit record. */
  readonly address: string;
}

/** The server itself, in its own acts and in those of its command line. */
export const serverSession: Session = {
  user: "akm",
  groups: [],
  administrator: true,
  address: "local",
};
