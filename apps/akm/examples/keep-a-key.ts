// Keeps a key in the server on this host: `keep-a-key.ts FOLDER NAME`, with the client's files in FOLDER.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createClient, createTlsTransport } from "@akm/kmip-client";

const [folder = "", name = ""] = process.argv.slice(2);
const pem = (file: string) => readFileSync(join(folder, file), "utf8");
const transport = createTlsTransport({
  host: "127.0.0.1",
  cert: pem("cert.pem"),
  key: pem("key.pem"),
  ca: pem("ca.pem"),
});
const client = createClient(transport.send);

const { uniqueIdentifier } = await client.create({
  objectType: "SymmetricKey",
  attributes: {
    name: [name],
    cryptographicAlgorithm: "AES",
    cryptographicLength: 256,
    cryptographicUsageMask: ["Encrypt", "Decrypt"],
  },
});
await client.activate({ uniqueIdentifier });

const found = await client.locate({ attributes: { name: [name], state: "Active" } });
const { symmetricKey } = await client.get({ uniqueIdentifier });
console.log("created", uniqueIdentifier);
console.log("found", ...(found.uniqueIdentifier ?? []));
console.log("fetched", symmetricKey?.key.length, "bytes:", `${symmetricKey?.key}`);
await transport.close();
