import type { Players, Send } from "@akm/interop";
import {
  createKeyring,
  createServer,
  KeyMaterial,
  type KmipServer,
  openKeyring,
  systemRandomness,
} from "@akm/kmip-server";
import { createMemoryStore } from "@akm/store";

/** How an answer is spoiled on its way: the planted faults. */
export type Spoil = (answer: Uint8Array, request: Uint8Array) => Uint8Array;

/** A server in memory. */
export function houseServer(now: () => number): KmipServer {
  const masterKey = KeyMaterial.copyOf(new Uint8Array(32));
  const keyring = openKeyring(createKeyring(masterKey, systemRandomness), masterKey);
  return createServer({ store: createMemoryStore({ now }), keyring });
}

/** Two clients of a server in memory, whose clock a pause moves on. */
export function housePlayers(spoil: Spoil = (answer) => answer): Players {
  let aheadMs = 0;
  const now = () => Date.now() + aheadMs;
  const server = houseServer(now);
  const clientOf = (user: string): Send => {
    const session = { user, groups: [], administrator: false, address: "test" };
    return async (message) => {
      const { bytes } = await server.answer(message, session);
      if (bytes === undefined) throw new Error("the server did not answer");
      return spoil(bytes, message);
    };
  };
  return {
    clients: [clientOf("alice"), clientOf("bob")],
    run: "test",
    now,
    async pause() {
      aheadMs += 1000;
    },
  };
}
