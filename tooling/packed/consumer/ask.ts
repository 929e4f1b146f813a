// Keeps a key in the server that listens on the loopback port of the first argument, as the client whose certificate
// lies in the folder of the second.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createClient, createTlsTransport } from "@akm/kmip-client";

const [port, folder = ""] = process.argv.slice(2);
const pem = (file: string) => readFileSync(join(folder, file), "utf8");
const transport = createTlsTransport({
  host: "127.0.0.1",
  port: Number(port),
  cert: pem("cert.pem"),
  key: pem("key.pem"),
  ca: pem("ca.pem"),
});
const client = createClient(transport.send);
const { uniqueIdentifier } = await client.create({
  objectType: "SymmetricKey",
  attributes: {
    cryptographicAlgorithm: "AES",
    cryptographicLength: 256,
    cryptographicUsageMask: ["Encrypt", "Decrypt"],
  },
});
const { objectType } = await client.get({ uniqueIdentifier });
await client.destroy({ uniqueIdentifier });
await transport.close();
console.log("kept and destroyed a", objectType);
