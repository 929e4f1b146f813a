import { KmipError } from "@akm/kmip-model";
import { expect, test } from "vitest";
import { buildHouse, type House } from "./support/house.ts";

async function listed({ server }: House) {
  const pages = [];
  for await (const page of server.administration.list()) pages.push(...page);
  return pages;
}

test("the host's list names every object, whoever made it, and who may use it", async () => {
  const house = buildHouse();
  const id = await house.as("alice", { groups: ["staff"] }).create();
  await house.as("bob").create();
  const all = await listed(house);
  expect(all).toHaveLength(2);
  expect(all.find((object) => object.id === id)).toMatchObject({
    objectType: "SymmetricKey",
    state: "PreActive",
    owner: "alice",
    users: ["alice"],
    groups: ["staff"],
    accessCheck: "ListedUsers",
  });
  expect(await house.server.administration.find(id)).toEqual(all.find((one) => one.id === id));
  expect(await house.server.administration.find("nothing")).toBeUndefined();
});

test("a user that is granted a key gets it, finds it, and after an ungrant does neither", async () => {
  const house = buildHouse();
  const bob = house.as("bob");
  const uniqueIdentifier = await house.as("alice").create();
  const { administration } = house.server;
  const change = { id: uniqueIdentifier, users: ["bob"], groups: ["ops"] };
  await expect(bob.call("Get", { uniqueIdentifier })).rejects.toMatchObject({
    reason: "PermissionDenied",
  });
  expect(await administration.grant(change)).toMatchObject({
    users: ["alice", "bob"],
    groups: ["ops"],
  });
  expect(await administration.grant(change)).toMatchObject({
    users: ["alice", "bob"],
    groups: ["ops"],
  });
  await expect(bob.call("Get", { uniqueIdentifier })).resolves.toMatchObject({ uniqueIdentifier });
  expect(await administration.ungrant(change)).toMatchObject({ users: ["alice"], groups: [] });
  await expect(bob.call("Get", { uniqueIdentifier })).rejects.toMatchObject({
    reason: "PermissionDenied",
  });
});

test("the lists of what is not there cannot be changed", async () => {
  const { server } = buildHouse();
  const change = { id: "nothing", users: ["bob"], groups: [] };
  await expect(server.administration.grant(change)).rejects.toThrow(KmipError);
});

test("the host is told which keys ask for a mirror", async () => {
  const house = buildHouse();
  const alice = house.as("alice");
  await alice.create();
  const id = await alice.create({ mirrored: true });
  const pages = [];
  for await (const page of house.server.administration.mirrored()) pages.push(...page);
  expect(pages.map((key) => key.id)).toEqual([id]);
});
