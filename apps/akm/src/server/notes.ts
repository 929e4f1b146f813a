import { X509Certificate } from "node:crypto";
import type { Administration } from "@akm/kmip-server";
import { prepareOwn } from "../certificates/own.ts";

const namesMax = 10;

const monthMs = 30 * 24 * 60 * 60 * 1000;

/** What `/health` notes of the server's certificates: those that end within a month. */
export async function expiryNotes(folder: string, now: Date): Promise<readonly string[]> {
  const { servers } = await prepareOwn({ folder, hosts: [], now });
  const ends = servers.map(({ certificatePem }) => new X509Certificate(certificatePem).validToDate);
  const next = new Date(Math.min(...ends.map(Number)));
  if (next.getTime() - now.getTime() > monthMs) return [];
  return [`the server's certificate ends at ${next.toISOString()}: akm cert renew --server`];
}

/** What `/health` notes of the keys: those that ask for a mirror, since this server has none. */
export async function mirrorNotes(administration: Administration): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const page of administration.mirrored()) {
    names.push(...page.map(({ keyName, id }) => keyName ?? id));
    if (names.length > namesMax) break;
  }
  if (names.length === 0) return [];
  const more = names.length > namesMax ? ", …" : "";
  const shown = names.slice(0, namesMax).join(", ");
  return [`y-Mirrored is set, and there is no mirror: ${shown}${more}`];
}
