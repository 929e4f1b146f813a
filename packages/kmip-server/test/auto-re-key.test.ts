import { type Attributes, attributes, v1_1, writeAttribute } from "@akm/kmip-model";
import { describe, expect, test } from "vitest";
import { type Asker, buildHouse, type House } from "./support/house.ts";
import { reKey, revoke } from "./support/re-keying.ts";
import { find } from "./support/search.ts";

const day = 86_400n;
const interval = (days: number): Attributes => ({ autoReKeyIntervalInDays: days });

/** Seconds since 1970 of a moment in UTC. */
const at = (iso: string): bigint => BigInt(Date.parse(iso)) / 1000n;

/** Whether a round at this moment rolls a key. */
async function rollsAt({ clock, server }: House, moment: bigint): Promise<boolean> {
  clock.seconds = moment;
  return (await server.rollDue()) > 0;
}

async function setInterval(asker: Asker, uniqueIdentifier: string, days: number): Promise<void> {
  const value = { index: 0, value: days };
  const attribute = writeAttribute(attributes.autoReKeyIntervalInDays, value, v1_1);
  await asker.call("ModifyAttribute", { uniqueIdentifier, attribute });
}

describe("The moment", () => {
  test.each([
    ["UTC", "2026-01-10T12:00:00Z", 1, "2026-01-12T00:00:00Z"],
    ["UTC", "2026-01-10T00:00:00Z", 1, "2026-01-12T00:00:00Z"],
    ["UTC", "2026-01-10T23:59:59Z", 30, "2026-02-10T00:00:00Z"],
    ["Europe/Berlin", "2026-01-10T12:00:00Z", 1, "2026-01-11T23:00:00Z"],
    // The clocks go forward within the day, and back.
    ["Europe/Berlin", "2026-03-28T12:00:00Z", 1, "2026-03-29T22:00:00Z"],
    ["Europe/Berlin", "2026-10-24T12:00:00Z", 1, "2026-10-25T23:00:00Z"],
    ["Europe/Berlin", "2026-10-23T22:30:00Z", 1, "2026-10-25T23:00:00Z"],
    // The day begins at one o'clock.
    ["America/Sao_Paulo", "2018-11-02T12:00:00Z", 1, "2018-11-04T03:00:00Z"],
    ["Asia/Beirut", "2026-03-27T12:00:00Z", 1, "2026-03-28T22:00:00Z"],
    // The last hour of the day comes twice.
    ["America/Sao_Paulo", "2018-02-16T12:00:00Z", 1, "2018-02-18T03:00:00Z"],
    // 30 December 2011 was left out.
    ["Pacific/Apia", "2011-12-28T12:00:00Z", 1, "2011-12-30T10:00:00Z"],
  ])("%s: a key of %s with %i days rolls at %s", async (timeZone, made, days, due) => {
    const house = buildHouse({ timeZone });
    house.clock.seconds = at(made);
    await house.as("alice").create(interval(days));
    expect(await rollsAt(house, at(due) - 1n)).toBe(false);
    expect(await rollsAt(house, at(due))).toBe(true);
  });

  test("is counted anew when the interval is set, and then not before the next midnight", async () => {
    const house = buildHouse();
    const alice = house.as("alice");
    const key = await alice.create(interval(300));
    house.clock.advance(10n * day + 60n);
    await setInterval(alice, key, 2);
    const midnight = house.clock.seconds + day - 60n;
    expect(await rollsAt(house, midnight - 1n)).toBe(false);
    expect(await rollsAt(house, midnight)).toBe(true);
  });

  test("is that of the current instance, whatever is set on an older one", async () => {
    const house = buildHouse();
    const alice = house.as("alice");
    const old = await alice.create(interval(1));
    await reKey(alice, old);
    await setInterval(alice, old, 0);
    expect(await rollsAt(house, house.clock.seconds + 2n * day)).toBe(true);
  });

  test("never comes for a key whose interval is 0", async () => {
    const house = buildHouse();
    const alice = house.as("alice");
    await alice.create();
    await setInterval(alice, await alice.create(interval(1)), 0);
    expect(await rollsAt(house, house.clock.seconds + 1000n * day)).toBe(false);
  });
});

describe("The replacement", () => {
  test("of an Active key is Active at once, its dates moved; the old key stays usable", async () => {
    const house = buildHouse();
    const alice = house.as("alice");
    const born = house.clock.seconds;
    const old = await alice.create({
      ...interval(1),
      activationDate: born,
      deactivationDate: born + 5n * day,
    });
    const now = born + 3n * day;
    expect(await rollsAt(house, now)).toBe(true);
    const [replacement] = await find(alice, { current: true });
    expect(await alice.attributes(replacement as string)).toMatchObject({
      state: "Active",
      activationDate: now,
      deactivationDate: now + 5n * day,
      autoReKeyIntervalInDays: 1,
      link: [{ linkType: "ReplacedObjectLink", linkedObjectIdentifier: old }],
    });
    expect(await alice.attributes(old, "State")).toEqual({ state: "Active" });
  });

  test("of a Pre-Active key keeps the dates", async () => {
    const house = buildHouse();
    const alice = house.as("alice");
    const activationDate = house.clock.seconds + 100n * day;
    await alice.create({ ...interval(1), activationDate });
    await rollsAt(house, house.clock.seconds + 3n * day);
    const [replacement] = await find(alice, { current: true });
    expect(await alice.attributes(replacement as string)).toMatchObject({
      state: "PreActive",
      activationDate,
    });
  });

  test("rolls in its turn, after its own interval", async () => {
    const house = buildHouse();
    const alice = house.as("alice");
    await alice.create(interval(1));
    const start = house.clock.seconds;
    expect(await rollsAt(house, start + 2n * day)).toBe(true);
    expect(await rollsAt(house, start + 4n * day - 1n)).toBe(false);
    expect(await rollsAt(house, start + 4n * day)).toBe(true);
    expect(await find(alice, {})).toHaveLength(3);
  });
});

describe("Exactly once", () => {
  test("a key rolls once, however long no server ran", async () => {
    const house = buildHouse();
    const alice = house.as("alice");
    await alice.create(interval(1));
    house.clock.advance(400n * day);
    expect(await house.server.rollDue()).toBe(1);
    expect(await house.server.rollDue()).toBe(0);
    expect(await find(alice, {})).toHaveLength(2);
  });

  test("servers that share a store roll each key once between them", async () => {
    const house = buildHouse();
    const alice = house.as("alice");
    for (let made = 0; made < 5; made += 1) await alice.create(interval(1));
    house.clock.advance(2n * day);
    const servers = [house.server, house.another(), house.another()];
    const rolled = await Promise.all(servers.map((server) => server.rollDue()));
    expect(rolled.reduce((sum, count) => sum + count)).toBe(5);
    expect(await find(alice, {})).toHaveLength(10);
  });

  test("a client's Re-key leaves nothing to be done that day", async () => {
    const house = buildHouse();
    const alice = house.as("alice");
    const key = await alice.create(interval(1));
    house.clock.advance(2n * day);
    await reKey(alice, key);
    expect(await house.server.rollDue()).toBe(0);
  });

  test("fifty keys are rolled in a round, the rest in the next", async () => {
    const house = buildHouse();
    const alice = house.as("alice");
    for (let made = 0; made < 52; made += 1) await alice.create(interval(1));
    house.clock.advance(2n * day);
    expect(await house.server.rollDue()).toBe(50);
    expect(await house.server.rollDue()).toBe(2);
  });
});

describe("What does not roll", () => {
  test("a key that is out of service, nor one without a current instance", async () => {
    const house = buildHouse();
    const alice = house.as("alice");
    const revoked = await alice.create({ ...interval(1), activationDate: house.clock.seconds });
    await revoke(alice, revoked);
    const rolled = await alice.create(interval(1));
    const current = await reKey(alice, rolled);
    await alice.call("Destroy", { uniqueIdentifier: current });
    house.clock.advance(9n * day);
    expect(await house.server.rollDue()).toBe(0);
    expect(await house.store.due(house.clock.seconds, 9)).toEqual([]);
    expect(await find(alice, {})).toHaveLength(2);
  });

  test("a key whose family was altered in the store; the others roll, however many were altered", async () => {
    const house = buildHouse();
    const alice = house.as("alice");
    const altered: string[] = [];
    for (let made = 0; made < 51; made += 1) altered.push(await alice.create(interval(1)));
    for (const row of (await house.store.readKeys(altered)).values()) {
      const putKeys = [{ ...row, version: row.version + 1 }];
      await house.store.commit({ putKeys, audit: [] });
    }
    house.clock.advance(day);
    const sound = await alice.create(interval(1));
    house.clock.advance(2n * day);
    await house.server.rollDue();
    await house.server.rollDue();
    expect(await alice.attributes(sound, "y-Current")).toEqual({ current: false });
    expect(house.log.filter(({ event }) => event === "auto-re-key.failed")).not.toHaveLength(0);
  });
});

describe("The record", () => {
  test("is the server's own act, and names the key and the new instance", async () => {
    const house = buildHouse();
    const alice = house.as("alice");
    await alice.create({ ...interval(1), name: [{ nameValue: "k", nameType: "URI" }] });
    house.clock.advance(2n * day);
    await house.server.rollDue();
    const [instance] = await find(alice, { current: true });
    const bodies = house.store.audit().map(({ body }) => JSON.parse(Buffer.from(body).toString()));
    expect(bodies.filter(({ operation }) => operation === "ReKey")).toMatchObject([
      { user: "akm", address: "local", keyName: "k", instance, result: "Success" },
    ]);
  });
});
