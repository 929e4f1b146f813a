import { issueClient, PkiError } from "@akm/pki";
import { type IssuedCertificate, keepIssued, listIssued } from "../certificates/issued.ts";
import { renewServers } from "../certificates/own.ts";
import {
  isReason,
  keepRevoked,
  listRevoked,
  writeRevocationList,
} from "../certificates/revoked.ts";
import { Failure } from "../failure.ts";
import type { Installation, Perform } from "./act.ts";

/** Which certificates are meant: one by its serial number, or those of a user that are still good. */
export interface CertificateChoice {
  readonly serial?: string | undefined;
  readonly user?: string | undefined;
}

/** A client's certificate, its key, and the authority that it trusts, all as PEM. */
export interface ClientFiles {
  readonly serial: string;
  readonly authorityPem: string;
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** A certificate in the list of those that were issued; the dates are ISO 8601. */
export interface ListedCertificate {
  readonly serial: string;
  readonly user: string;
  readonly groups: readonly string[];
  readonly notBefore: string;
  readonly notAfter: string;
  readonly state: "good" | "expired" | "revoked";
}

/** What can be done with certificates. */
export interface CertificateActs {
  readonly "cert issue": {
    readonly argument: {
      readonly user: string;
      readonly groups: readonly string[];
      readonly rsa: boolean;
      readonly days?: number | undefined;
    };
    readonly result: ClientFiles;
  };
  readonly "cert list": { readonly argument: null; readonly result: readonly ListedCertificate[] };
  readonly "cert renew": {
    readonly argument: CertificateChoice & {
      readonly rsa: boolean;
      readonly days?: number | undefined;
    };
    readonly result: ClientFiles;
  };
  readonly "cert renew server": {
    readonly argument: { readonly hosts: readonly string[] };
    readonly result: readonly string[];
  };
  readonly "cert revoke": {
    readonly argument: CertificateChoice & { readonly reason?: string | undefined };
    readonly result: readonly string[];
  };
}

/** Does them. */
export const certificateActs: {
  readonly [Name in keyof CertificateActs]: Perform<CertificateActs[Name]>;
} = {
  "cert issue": (argument, installation) => issue("cert issue", argument, installation),

  "cert list": async (_, installation) => list(installation),

  async "cert renew"({ serial, user, rsa, days }, installation) {
    const chosen = choose({ serial, user }, installation).at(-1);
    if (chosen === undefined) throw none({ serial, user });
    return issue(
      "cert renew",
      { user: chosen.user, groups: chosen.groups, rsa, days },
      installation,
    );
  },

  async "cert renew server"({ hosts }, installation) {
    const { folder, now, administration, reload } = installation;
    const names = await naming(() =>
      renewServers({ folder: folder.certificates, hosts, now: now() }),
    );
    await administration.note("cert renew server", names.join(" "));
    await reload();
    return names;
  },

  async "cert revoke"({ serial, user, reason }, installation) {
    const { folder, authority, now, administration, reload } = installation;
    if (reason !== undefined && !isReason(reason))
      throw new Failure("usage", `there is no reason ${reason}`);
    const chosen = choose({ serial, user }, installation);
    if (chosen.length === 0) throw none({ serial, user });
    for (const { serial } of chosen) {
      await administration.note("cert revoke", serial);
      keepRevoked(folder.certificates, {
        serial,
        at: now(),
        ...(reason !== undefined && { reason }),
      });
    }
    await writeRevocationList(folder.certificates, { authority, now: now() });
    await reload();
    return chosen.map(({ serial }) => serial);
  },
};

async function issue(
  operation: string,
  { user, groups, rsa, days }: CertificateActs["cert issue"]["argument"],
  { folder, authority, now, administration }: Installation,
): Promise<ClientFiles> {
  const made = await naming(() =>
    issueClient({
      authority,
      commonName: user,
      groups,
      now: now(),
      algorithm: rsa ? "RSA-2048" : "P-256",
      ...(days !== undefined && { days }),
    }),
  );
  const { serial } = keepIssued(folder.certificates, made.certificatePem);
  await administration.note(operation, serial);
  return { serial, authorityPem: authority.certificatePem, ...made };
}

function list({ folder, now }: Installation): readonly ListedCertificate[] {
  const revoked = new Set(listRevoked(folder.certificates).map(({ serial }) => serial));
  const stateOf = ({ serial, notAfter }: IssuedCertificate) => {
    if (revoked.has(serial)) return "revoked";
    return notAfter < now() ? "expired" : "good";
  };
  return listIssued(folder.certificates).map((issued) => ({
    ...issued,
    notBefore: issued.notBefore.toISOString(),
    notAfter: issued.notAfter.toISOString(),
    state: stateOf(issued),
  }));
}

/** The certificates that are meant and not revoked, oldest first; of a user none that has expired. */
function choose(
  { serial, user }: CertificateChoice,
  installation: Installation,
): readonly ListedCertificate[] {
  return list(installation).filter((one) =>
    serial === undefined
      ? one.user === user && one.state === "good"
      : one.serial === serial.replaceAll(":", "").toUpperCase() && one.state !== "revoked",
  );
}

function none({ serial, user }: CertificateChoice): Failure {
  const wanted = serial === undefined ? `of ${user} that is good` : `${serial} that is not revoked`;
  return new Failure("refused", `there is no certificate ${wanted}; akm cert list shows them`);
}

/** A field that cannot stand in a certificate is the asker's to mend. */
async function naming<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof PkiError ? new Failure("usage", error.message, { cause: error }) : error;
  }
}
