// What a stranger may do with the packages: read a message, and keep a key in a server of one's own.
import { createClient } from "@akm/kmip-client";
import { requestMessage, tags } from "@akm/kmip-model";
import {
  createKeyring,
  createServer,
  KeyMaterial,
  openKeyring,
  systemRandomness,
} from "@akm/kmip-server";
import { createMemoryStore } from "@akm/store";
import { decode } from "@akm/ttlv";

/** A request of KMIP 1.1 to activate what the batch touched last. */
const message = Buffer.from(
  [
    "4200780100000060",
    "4200770100000038420069010000002042006A0200000004000000010000000042006B02000000040000000100000000",
    "42000D02000000040000000100000000",
    "42000F0100000018",
    "42005C05000000040000001200000000",
    "4200790100000000",
  ].join(""),
  "hex",
);
const { batchItem } = decode(tags.RequestMessage, requestMessage, message);
console.log("asked for", batchItem[0]?.operation);

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
