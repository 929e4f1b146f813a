import { createPrivateKey, X509Certificate } from "node:crypto";
import type { CertifiedKey } from "@akm/pki";
import { Failure } from "../failure.ts";
import { readIfThere, writeWhole } from "../folder/files.ts";

/**
 * Reads a file that holds a certificate and its key: one file, so that neither can be there without the other.
 *
 * @returns `undefined` where there is no such file
 * @throws Failure `certificate` where it holds something else
 */
export function readKeyFile(path: string): CertifiedKey | undefined {
  const content = readIfThere(path);
  if (content === undefined) return undefined;
  const [certificatePem = "", keyPem = ""] = content.split(
    /(?=-----BEGIN [A-Z ]*PRIVATE KEY-----)/,
  );
  if (isPair(certificatePem, keyPem)) return { certificatePem, keyPem };
  const why = "it does not hold a certificate and its key: restore it from its copy";
  throw new Failure("certificate", `${path}: ${why}`);
}

/** Writes such a file, readable to its owner alone. */
export function writeKeyFile(path: string, { certificatePem, keyPem }: CertifiedKey): void {
  writeWhole(path, certificatePem + keyPem, 0o600);
}

function isPair(certificatePem: string, keyPem: string): boolean {
  try {
    return new X509Certificate(certificatePem).checkPrivateKey(createPrivateKey(keyPem));
  } catch {
    return false;
  }
}
