import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Credentials, TrustEntry } from "@akm/kmip-server";
import type { ClientAuthority } from "../config/client-authority.ts";
import type { Config } from "../config.ts";
import { Failure } from "../failure.ts";
import { prepareOwn } from "./own.ts";

/** Where they stand. */
export interface CredentialSource {
  /** Folder of akm's own certificates. */
  readonly folder: string;
  readonly config: Pick<Config, "tls" | "access">;
  readonly now: Date;
}

/**
 * Reads from the disk what a listener shows and whom it believes: akm's own certificates, authority and revocations,
 * and those that `[tls]` adds.
 *
 * @throws Failure `certificate` naming the file
 */
export async function readCredentials({
  folder,
  config,
  now,
}: CredentialSource): Promise<Credentials> {
  const { tls, access } = config;
  const { authority, servers } = await prepareOwn({ folder, hosts: [], now });
  const own = {
    certificatePem: authority.certificatePem,
    commonNames: ["*"],
    organizationalUnits: ["*"],
    administrators: true,
  };
  return {
    certificates: servers,
    trust: [own, ...tls.clientCa.flatMap(entriesOf)],
    crlPem: [join(folder, "crl.pem"), ...tls.crl].map(readPem),
    administrators: access.administrators,
    legacyCiphers: tls.legacyCiphers,
  };
}

/** An entry for each certificate in the file. */
function entriesOf({
  file,
  users,
  groups,
  administrators,
}: ClientAuthority): readonly TrustEntry[] {
  const found = readPem(file).match(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs);
  if (found === null) throw unfit(file, "there is no certificate (PEM) in it");
  return found.map((certificatePem) => {
    checkCertificate(file, certificatePem);
    return { certificatePem, commonNames: users, organizationalUnits: groups, administrators };
  });
}

function checkCertificate(file: string, certificatePem: string): void {
  try {
    new X509Certificate(certificatePem);
  } catch (cause) {
    throw unfit(file, "a certificate in it cannot be read", cause);
  }
}

function readPem(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw unfit(
      file,
      (cause as NodeJS.ErrnoException).code === "ENOENT"
        ? "there is no such file"
        : "it cannot be read",
      cause,
    );
  }
}

function unfit(file: string, why: string, cause?: unknown): Failure {
  return new Failure("certificate", `${file}: ${why}: see [tls] in akm.conf`, { cause });
}
