import type { CertifiedKey } from "@akm/pki";
import { alice, type Client, open, type Started, start } from "./support.ts";

/** Starts a listener that serves HTTPS, too. */
export function startHttps(options: Parameters<typeof start>[0] = {}): Promise<Started> {
  return start({ httpsPort: 0, ...options });
}

/** Opens a connection to the HTTPS port. */
export function openHttps(
  started: Started,
  who: CertifiedKey | null = alice,
  options: Parameters<typeof open>[2] = {},
): Promise<Client> {
  return open(started, who, { ...options, port: started.listener.httpsPort });
}

/** The fields of a sound request for a body of `length` bytes. */
export function fieldsFor(length: number): readonly string[] {
  return [
    "Host: localhost",
    "Content-Type: application/octet-stream",
    "Cache-Control: no-cache",
    `Content-Length: ${length}`,
  ];
}

/** The bytes of a request. */
export function request(
  body: Uint8Array | string,
  fields: readonly string[] = fieldsFor(Buffer.from(body).length),
  line = "POST /kmip HTTP/1.1",
): Buffer {
  return Buffer.concat([
    Buffer.from([line, ...fields, "", ""].join("\r\n"), "latin1"),
    Buffer.from(body),
  ]);
}

/** A response as a client reads it. */
export interface Read {
  readonly status: string;
  /** By names in small letters. */
  readonly fields: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Reads the next response. */
export async function readResponse(client: Client): Promise<Read> {
  const [status = "", ...lines] = (await readHead(client)).split("\r\n");
  const pairs = lines.map((line) => /^(.*?): (.*)$/.exec(line)?.slice(1) ?? [line, ""]);
  const fields = Object.fromEntries(
    pairs.map(([name = "", value = ""]) => [name.toLowerCase(), value]),
  );
  const length = Number(fields["content-length"] ?? 0);
  const body = length > 0 ? await client.read(length) : Buffer.alloc(0);
  return { status: status.replace("HTTP/1.1 ", ""), fields, body };
}

async function readHead(client: Client): Promise<string> {
  let head = "";
  while (!head.endsWith("\r\n\r\n")) head += (await client.read(1)).toString("latin1");
  return head.slice(0, -4);
}
