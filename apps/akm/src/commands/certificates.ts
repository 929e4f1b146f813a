import { join, resolve } from "node:path";
import type { ClientFiles, ListedCertificate } from "../acts/certificates.ts";
import { type Command, command } from "../command-line/command.ts";
import { flag, many, one, required } from "../command-line/option.ts";
import { Failure } from "../failure.ts";
import { isThere, makeFolder, requireWritable, writeWhole } from "../folder/files.ts";
import { table } from "../text.ts";
import { act, dataOption } from "./shared.ts";

const outText = "the folder for ca.pem, cert.pem and key.pem; files of these names are replaced";
const daysOption = one("DAYS", "how long it is good; 825 unless said");
const rsaOption = flag("an RSA key, for clients that cannot do elliptic curves");

/** `akm cert issue` */
export const certIssue: Command = command({
  name: "cert issue",
  text: "Makes a client's key and certificate.",
  options: {
    data: dataOption,
    cn: required("NAME", "the user that it stands for"),
    ou: many("GROUP", "a group that the user is in"),
    days: daysOption,
    rsa: rsaOption,
    out: required("FOLDER", outText),
  },
  async run({ data, cn, ou, days, rsa, out }, surroundings) {
    const argument = { user: cn, groups: ou, rsa, days: daysOf(days) };
    const folder = clientFolder(out);
    const files = await act("cert issue", argument, { data, surroundings });
    surroundings.print(writeClientFiles(folder, files));
  },
});

/** `akm cert list` */
export const certList: Command = command({
  name: "cert list",
  text: "Lists the certificates that were issued.",
  options: { data: dataOption, json: flag("JSON instead of a table") },
  async run({ data, json }, surroundings) {
    const listed = await act("cert list", null, { data, surroundings });
    surroundings.print(json ? JSON.stringify(listed, null, 2) : certificateTable(listed));
  },
});

/** `akm cert renew` */
export const certRenew: Command = command({
  name: "cert renew",
  text: "Makes a new key and certificate for a client with the same user and groups, or for the server.",
  options: {
    data: dataOption,
    cn: one("NAME", "of this user's newest certificate"),
    serial: one("HEX", "of the certificate with this serial number"),
    server: flag("of the server; a running one takes it up at once"),
    host: many("NAME", "with --server: the server's names; the old ones unless said"),
    days: daysOption,
    rsa: rsaOption,
    out: one("FOLDER", outText),
  },
  async run({ data, cn, serial, server, host, days, rsa, out }, surroundings) {
    if (server) {
      const hosts = await act("cert renew server", { hosts: host }, { data, surroundings });
      surroundings.print(`new server certificates for ${hosts.join(", ")}`);
      return;
    }
    checkChoice(cn, serial);
    if (out === undefined) throw new Failure("usage", "--out FOLDER is missing");
    const argument = { user: cn, serial, rsa, days: daysOf(days) };
    const folder = clientFolder(out);
    const files = await act("cert renew", argument, { data, surroundings });
    surroundings.print(writeClientFiles(folder, files));
  },
});

/** `akm cert revoke` */
export const certRevoke: Command = command({
  name: "cert revoke",
  text: "Revokes a client's certificates; a running server refuses them at once.",
  options: {
    data: dataOption,
    cn: one("NAME", "all of this user"),
    serial: one("HEX", "the one with this serial number"),
    reason: one(
      "REASON",
      "keyCompromise, superseded, cessationOfOperation, affiliationChanged or privilegeWithdrawn",
    ),
  },
  async run({ data, cn, serial, reason }, surroundings) {
    checkChoice(cn, serial);
    const argument = { user: cn, serial, reason };
    const revoked = await act("cert revoke", argument, { data, surroundings });
    for (const each of revoked) surroundings.print(`revoked ${each}`);
  },
});

function checkChoice(cn: string | undefined, serial: string | undefined): void {
  if ((cn === undefined) === (serial === undefined)) {
    throw new Failure("usage", "which certificate? One of --cn NAME and --serial HEX");
  }
}

function daysOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new Failure("usage", `--days ${text} is not a number of days`);
  return Number(text);
}

/** Makes sure of the folder before a certificate is made for it. */
function clientFolder(out: string): string {
  const folder = resolve(out);
  if (!isThere(folder)) makeFolder(folder, 0o700);
  requireWritable(folder);
  return folder;
}

/** Writes them; returns the line that says so. */
function writeClientFiles(folder: string, files: ClientFiles): string {
  const { serial, authorityPem, certificatePem, keyPem } = files;
  writeWhole(join(folder, "ca.pem"), authorityPem, 0o644);
  writeWhole(join(folder, "cert.pem"), certificatePem, 0o644);
  writeWhole(join(folder, "key.pem"), keyPem, 0o600);
  return `ca.pem, cert.pem and key.pem are in ${folder}; the certificate's serial number is ${serial}`;
}

function certificateTable(listed: readonly ListedCertificate[]): string {
  const rows = listed.map(({ serial, user, groups, notAfter, state }) => [
    serial,
    user,
    groups.join(", "),
    notAfter.slice(0, 10),
    state,
  ]);
  return table(["SERIAL", "USER", "GROUPS", "UNTIL", "STATE"], rows);
}
