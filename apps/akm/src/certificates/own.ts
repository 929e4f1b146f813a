import { X509Certificate } from "node:crypto";
import { hostname } from "node:os";
import { join } from "node:path";
import { type CertifiedKey, createAuthority, issueServer, type KeyAlgorithm } from "@akm/pki";
import { readIfThere, writeWhole } from "../folder/files.ts";
import { readKeyFile, writeKeyFile } from "./key-file.ts";

/** What akm itself owns: the authority that signs, and a server certificate for each kind of key. */
export interface OwnCertificates {
  readonly authority: CertifiedKey;
  readonly servers: readonly CertifiedKey[];
}

/** What they are made of, where they have to be made. */
export interface OwnRequest {
  /** Folder of the certificates. */
  readonly folder: string;
  /** DNS names and addresses under which clients reach the server; none for the usual ones. */
  readonly hosts: readonly string[];
  readonly now: Date;
}

// Clients that cannot do elliptic curves are as real as those that ask for nothing else.
const serverFiles: readonly (readonly [string, KeyAlgorithm])[] = [
  ["server-p256.pem", "P-256"],
  ["server-rsa.pem", "RSA-2048"],
];

/** Reads what is there and makes what is not. Each file comes whole: the next start finishes one that died. */
export async function prepareOwn(request: OwnRequest): Promise<OwnCertificates> {
  const authority = await prepareAuthority(request);
  const servers: CertifiedKey[] = [];
  for (const [name, algorithm] of serverFiles) {
    const path = join(request.folder, name);
    servers.push(
      readKeyFile(path) ?? (await makeServer(path, { ...request, authority, algorithm })),
    );
  }
  return { authority, servers };
}

/** Makes new server certificates; without `hosts` for the names in the old ones. Returns the names. */
export async function renewServers(request: OwnRequest): Promise<readonly string[]> {
  const { authority, servers } = await prepareOwn(request);
  const hosts = request.hosts.length > 0 ? request.hosts : hostsOf(servers[0]);
  for (const [name, algorithm] of serverFiles) {
    await makeServer(join(request.folder, name), { ...request, hosts, authority, algorithm });
  }
  return hosts;
}

/** The file with the authority's certificate, which clients have to trust; everybody may read it. */
export function authorityFile(folder: string): string {
  return join(folder, "ca.pem");
}

async function prepareAuthority({ folder, now }: OwnRequest): Promise<CertifiedKey> {
  const path = join(folder, "authority.pem");
  const found = readKeyFile(path);
  const authority = found ?? (await createAuthority({ commonName: "akm authority", now }));
  if (found === undefined) writeKeyFile(path, authority);
  if (readIfThere(authorityFile(folder)) !== authority.certificatePem) {
    writeWhole(authorityFile(folder), authority.certificatePem, 0o644);
  }
  return authority;
}

async function makeServer(
  path: string,
  request: OwnRequest & { authority: CertifiedKey; algorithm: KeyAlgorithm },
): Promise<CertifiedKey> {
  const hosts = request.hosts.length > 0 ? request.hosts : usualHosts();
  const made = await issueServer({ ...request, hosts });
  writeKeyFile(path, made);
  return made;
}

function usualHosts(): readonly string[] {
  return [...new Set([hostname(), "localhost", "127.0.0.1", "::1"])];
}

function hostsOf(server: CertifiedKey | undefined): readonly string[] {
  const names = server && new X509Certificate(server.certificatePem).subjectAltName;
  return names?.split(", ").map((name) => name.replace(/^(DNS|IP Address):/, "")) ?? [];
}
