import { X509Certificate } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readIdentity } from "@akm/pki/identity";
import { makeFolder, writeWhole } from "../folder/files.ts";

/** A client's certificate that akm's authority signed. Its key is its owner's; akm does not keep it. */
export interface IssuedCertificate {
  /** Hexadecimal in capitals. */
  readonly serial: string;
  readonly user: string;
  readonly groups: readonly string[];
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** Keeps a certificate that was just signed. */
export function keepIssued(folder: string, certificatePem: string): IssuedCertificate {
  const issued = describe(certificatePem);
  makeFolder(issuedFolder(folder), 0o755);
  writeWhole(join(issuedFolder(folder), `${issued.serial}.pem`), certificatePem, 0o644);
  return issued;
}

/** All that were ever issued, oldest first. */
export function listIssued(folder: string): readonly IssuedCertificate[] {
  makeFolder(issuedFolder(folder), 0o755);
  return readdirSync(issuedFolder(folder))
    .filter((name) => name.endsWith(".pem"))
    .map((name) => describe(readFileSync(join(issuedFolder(folder), name), "utf8")))
    .toSorted((one, other) => one.notBefore.getTime() - other.notBefore.getTime());
}

/** Where they lie, a file a serial number. */
export function issuedFolder(folder: string): string {
  return join(folder, "issued");
}

function describe(certificatePem: string): IssuedCertificate {
  const { commonNames, organizationalUnits, serial, notBefore, notAfter } = readIdentity(
    new X509Certificate(certificatePem),
  );
  return { serial, user: commonNames[0] ?? "", groups: organizationalUnits, notBefore, notAfter };
}
