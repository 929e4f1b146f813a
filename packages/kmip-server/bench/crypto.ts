import { Bench } from "tinybench";
import {
  checkRow,
  createKeyring,
  KeyMaterial,
  open,
  openKeyring,
  seal,
  stampRow,
  systemRandomness,
  term,
} from "../src/crypto/index.ts";

// Compare figures within one run only. The payload has the size of an AES-256 key's Key Value.
const masterKey = KeyMaterial.take(systemRandomness(32));
const keyring = openKeyring(createKeyring(masterKey, systemRandomness), masterKey);
const payload = KeyMaterial.take(systemRandomness(80));
const identity = {
  id: "iiX1WZ/GQs9I7nUs0VDbjwAA",
  objectType: 2,
  keyFormat: 1,
  algorithm: 3,
  length: 256,
  payloadVersion: 1,
};
const request = { keys: keyring.active, identity, randomness: systemRandomness };
const sealed = seal(payload, request);
const row = stampRow(
  "object",
  {
    id: identity.id,
    version: 1,
    keyId: identity.id,
    body: systemRandomness(600),
    sealed,
    sealSeq: 0,
    terms: [],
    initialDate: 0n,
  },
  keyring,
);
const group = Buffer.from("staff");

const bench = new Bench({ time: 1000 });
bench
  .add("seal", () => seal(payload, request))
  .add("open", () => open(sealed, { keyring, identity }).wipe())
  .add("stamp an object", () => stampRow("object", row, keyring))
  .add("check an object", () => checkRow("object", row, keyring))
  .add("term", () => term(keyring.index, "group", group));
await bench.run();
console.table(bench.table());
