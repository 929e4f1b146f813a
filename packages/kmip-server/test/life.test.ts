import { expect, test } from "vitest";
import { buildHouse } from "./support/house.ts";

test("a key is created, activated, revoked and destroyed, and then there is nothing left", async () => {
  const { as } = buildHouse();
  const alice = as("alice");
  const uniqueIdentifier = await alice.create();
  expect(await alice.attributes(uniqueIdentifier, "State")).toEqual({ state: "PreActive" });
  await alice.call("Activate", { uniqueIdentifier });
  expect(await alice.attributes(uniqueIdentifier, "State")).toEqual({ state: "Active" });
  await alice.call("Revoke", {
    uniqueIdentifier,
    revocationReason: { revocationReasonCode: "CessationOfOperation" },
  });
  expect(await alice.attributes(uniqueIdentifier, "State")).toEqual({ state: "Deactivated" });
  await alice.call("Destroy", { uniqueIdentifier });
  await expect(alice.attributes(uniqueIdentifier)).rejects.toMatchObject({
    reason: "ItemNotFound",
  });
});
