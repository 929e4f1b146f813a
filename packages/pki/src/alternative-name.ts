import { isIP } from "node:net";
import type { JsonGeneralName } from "@peculiar/x509";
import { PkiError } from "./error.ts";

const dnsName =
  /^(?=.{1,253}$)(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/i;

/**
 * The alternative name for a host: an IP address or a DNS name, `*.` in front allowed.
 *
 * @throws PkiError for anything else; other letters than ASCII want their `xn--` form
 */
export function hostName(host: string): JsonGeneralName {
  if (isIP(host) !== 0) return { type: "ip", value: host };
  if (dnsName.test(host)) return { type: "dns", value: host };
  throw new PkiError("hosts", host, "is neither a DNS name nor an IP address");
}

/**
 * The alternative name for a client: as for a host where its Common Name is one, else a URN. Without any,
 * some TLS libraries refuse the certificate (PyKMIP issue 711).
 */
export function clientName(commonName: string): JsonGeneralName {
  if (isIP(commonName) !== 0 || dnsName.test(commonName)) return hostName(commonName);
  return { type: "url", value: `urn:client:${encodeURIComponent(commonName)}` };
}
