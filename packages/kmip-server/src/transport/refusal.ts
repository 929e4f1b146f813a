import type { Identity } from "@akm/pki/identity";

/** Why a peer is not let in, as a stable word. */
export type RefusalReason =
  | "NonePresented"
  | "Unreadable"
  | "UnknownAuthority"
  | "AuthorityNotValidNow"
  | "Expired"
  | "NotYetValid"
  | "Revoked"
  | "WrongUsage"
  | "NoCommonName"
  | "SeveralCommonNames"
  | "BadName"
  | "NameNotAllowed"
  | "GroupNotAllowed"
  | "Distrusted";

/** A certificate that is not accepted: which, why, and what mends it. Texts for the operator, never for the peer. */
export interface Refusal {
  readonly reason: RefusalReason;
  readonly why: string;
  readonly mend: string;
  /** Of the certificate, for people; absent where none could be read. */
  readonly subject?: string;
  readonly issuer?: string;
  readonly serial?: string;
}

/** A refusal; with what the certificate says of itself, where it could be read. */
export function refuse(reason: RefusalReason, why: string, identity?: Identity): Refusal {
  return {
    reason,
    why,
    mend: mends[reason],
    ...(identity && {
      subject: identity.subject.text,
      issuer: identity.issuer.text,
      serial: identity.serial,
    }),
  };
}

const mends: Readonly<Record<RefusalReason, string>> = {
  NonePresented: "give the client a certificate and its key",
  Unreadable: "give the client a certificate that follows RFC 5280",
  UnknownAuthority: "issue the client's certificate here, or add its issuer or itself to client_ca",
  AuthorityNotValidNow: "renew the authority and replace it in client_ca, or set the clock right",
  Expired: "renew the client's certificate",
  NotYetValid: "set the clock right, here or where the certificate was issued",
  Revoked: "issue a new certificate, if the client is still to be served",
  WrongUsage: "issue a certificate for clientAuth, or without an extended key usage",
  NoCommonName: "issue a certificate with the user's name as its one Common Name",
  SeveralCommonNames: "issue a certificate with the user's name as its one Common Name",
  BadName: "issue a certificate whose names are text without NUL",
  NameNotAllowed: "add the name to the names that this entry of client_ca may assert",
  GroupNotAllowed: "add the group to the groups that this entry of client_ca may assert",
  Distrusted: "issue a certificate that OpenSSL accepts under this authority",
};
