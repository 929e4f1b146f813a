import { clientName } from "../alternative-name.ts";
import { keyPurposes } from "../identity/extensions.ts";
import { type IssueRequest, issue } from "../issue.ts";
import type { CertifiedKey } from "../keys.ts";
import type { SubjectPart } from "../subject.ts";
import { validityOf } from "../validity.ts";

/** What is odd about a client's certificate. */
export type Oddity =
  | "expired"
  | "notYetValid"
  | "twoCommonNames"
  | "noCommonName"
  | "nulInCommonName"
  | "wrongUsage"
  | "noUsage"
  | "selfSigned"
  | "foreign";

/** What a test may have at hand to make one: the trusted authority, and one that nobody trusts. */
export interface OddRequest {
  readonly authority: CertifiedKey;
  readonly foreignAuthority: CertifiedKey;
  readonly now: Date;
}

const dayMs = 24 * 60 * 60 * 1000;
const alice: SubjectPart = { type: "CN", value: "alice" };

/** Makes a client's certificate that is as good as any but for one thing. */
export function issueOdd(oddity: Oddity, request: OddRequest): Promise<CertifiedKey> {
  return issue({ ...sound(request), ...changes[oddity](request) });
}

function sound({ authority, now }: OddRequest): IssueRequest {
  return {
    subject: [alice],
    validity: validityOf(now, 1),
    extensions: usableFor(keyPurposes.clientAuth),
    signer: authority,
  };
}

function usableFor(...purposes: string[]): IssueRequest["extensions"] {
  return { purposes, alternativeNames: [clientName("alice")] };
}

function between(from: Date, fromDays: number, toDays: number): IssueRequest["validity"] {
  return {
    notBefore: new Date(from.getTime() + fromDays * dayMs),
    notAfter: new Date(from.getTime() + toDays * dayMs),
  };
}

const changes: Readonly<Record<Oddity, (request: OddRequest) => Partial<IssueRequest>>> = {
  expired: ({ now }) => ({ validity: between(now, -2, -1) }),
  notYetValid: ({ now }) => ({ validity: between(now, 1, 2) }),
  twoCommonNames: () => ({ subject: [alice, { type: "CN", value: "bob" }] }),
  noCommonName: () => ({ subject: [{ type: "OU", value: "staff" }] }),
  nulInCommonName: () => ({ subject: [{ type: "CN", value: "alice\0.example" }] }),
  wrongUsage: () => ({ extensions: usableFor(keyPurposes.serverAuth) }),
  noUsage: () => ({ extensions: usableFor() }),
  selfSigned: () => ({ signer: "self" }),
  foreign: ({ foreignAuthority }) => ({ signer: foreignAuthority }),
};
