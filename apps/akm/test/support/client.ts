import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type AttributesInput,
  type Client,
  createClient,
  createTlsTransport,
} from "@akm/kmip-client";
import { onTestFinished } from "vitest";

/** A client with the files that `akm cert issue` wrote. */
export function clientOf(kmip: string, folder: string, servername = "localhost"): Client {
  const [host = "", port] = kmip.split(":");
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  const transport = createTlsTransport({
    host,
    port: Number(port),
    cert: read("cert.pem"),
    key: read("key.pem"),
    ca: read("ca.pem"),
    servername,
  });
  onTestFinished(() => transport.close());
  return createClient(transport.send);
}

/** Makes a key; gives its identifier. */
export async function createKey(client: Client, more: AttributesInput = {}): Promise<string> {
  const { uniqueIdentifier } = await client.create({
    objectType: "SymmetricKey",
    attributes: {
      cryptographicAlgorithm: "AES",
      cryptographicLength: 256,
      cryptographicUsageMask: ["Encrypt", "Decrypt"],
      ...more,
    },
  });
  return uniqueIdentifier;
}
