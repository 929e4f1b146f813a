// What a stranger may do with the packages: keep a key in a server of one's own.
import { createClient } from "@akm/kmip-client";
import {
  createKeyring,
  createServer,
  KeyMaterial,
  openKeyring,
  systemRandomness,
} from "@akm/kmip-server";
import { createMemoryStore } from "@akm/store";

const masterKey = KeyMaterial.copyOf(new Uint8Array(32).fill(7));
const keyring = openKeyring(createKeyring(masterKey, systemRandomness), masterKey);
const server = createServer({ store: createMemoryStore({ now: Date.now }), keyring });
const session = { user: "array-7", groups: [], administrator: false, address: "127.0.0.1" };
const client = createClient(async (request) => {
  const { bytes } = await server.answer(request, session);
  if (bytes === undefined) throw new Error("no answer");
  return bytes;
});
const { uniqueIdentifier } = await client.create({
  objectType: "SymmetricKey",
  attributes: {
    cryptographicAlgorithm: "AES",
    cryptographicLength: 256,
    cryptographicUsageMask: ["Encrypt", "Decrypt"],
  },
});
const { objectType } = await client.get({ uniqueIdentifier });
console.log("got a", objectType);
