import type { Item } from "@akm/ttlv";
import { expect, test, vi } from "vitest";
import { createPayload } from "../limits/requests.ts";
import { buildTlsHouse, type Wire } from "../support/tls-house.ts";
import { find, item, message, payloadOf, text, textAttribute } from "../support/wire.ts";
import { type Attacker, begin, handshakeAttacks, requestAttacks } from "./attackers.ts";

const limits = { handshakeMs: 1_000, bodyMs: 500, writeStallMs: 500 };
const attackersEach = 8;
const patient = { timeout: 30_000 };

test.each(Object.entries({ ...handshakeAttacks, ...requestAttacks }))(
  "%s: all attackers go, nothing stays behind, and a good client is served throughout",
  async (_, attack) => {
    const { listener, connect, credentials } = await buildTlsHouse({ limits });
    const good = await connect("alice");
    const mallory = await connect("mallory");
    const largeRequest = await createLarge(mallory);
    mallory.close();
    await vi.waitUntil(() => listener.connections === 1, patient);
    const before = sockets();

    const target = { port: listener.port, largeRequest, ...(await credentials("mallory")) };
    const attackers = Array.from({ length: attackersEach }, (_, at) =>
      begin(attack, { ...target, localAddress: `127.0.0.${2 + at}` }),
    );
    expect(await servedUntilGone(good, attackers)).toBeGreaterThan(0);
    await vi.waitUntil(() => listener.connections === 1, patient);
    await vi.waitUntil(() => sockets() <= before, patient);
    expect(await ask(good, "Locate")).toEqual([]);
  },
);

/** Has the good client ask until the last attacker is gone; tells how often it was served. */
async function servedUntilGone(good: Wire, attackers: readonly Attacker[]): Promise<number> {
  let isOver = false;
  const allGone = Promise.all(attackers.map(({ gone }) => gone)).then(() => {
    isOver = true;
  });
  let served = 0;
  for (; !isOver; served += 1) expect(await ask(good, "Locate")).toEqual([]);
  await allGone;
  return served;
}

async function ask(wire: Wire, ...request: Parameters<typeof item>): Promise<readonly Item[]> {
  return payloadOf(await wire.ask(message(1, [item(...request)])));
}

/** Makes a key of which all attributes together are large; tells the request for them. */
async function createLarge(wire: Wire): Promise<Uint8Array> {
  const large = ["a", "b", "c"].map((letter) => textAttribute("x-large", letter.repeat(65_536)));
  const made = await ask(wire, "Create", createPayload(large));
  const id = find(made, "UniqueIdentifier") as string;
  return message(1, [item("GetAttributes", [text("UniqueIdentifier", id)])]);
}

/** Sockets of this process, ends of the clients included. */
function sockets(): number {
  return process.getActiveResourcesInfo().filter((name) => /^(TLS|TCPSocket)/.test(name)).length;
}
