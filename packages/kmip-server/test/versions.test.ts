import { operations } from "@akm/kmip-model";
import { expect, test } from "vitest";
import { buildHouse } from "./support/house.ts";

const newest = { protocolVersionMajor: 1, protocolVersionMinor: 1 };
const oldest = { protocolVersionMajor: 1, protocolVersionMinor: 0 };

test.each([0, 1, 4, 9])(
  "Discover Versions is served in a message of version 1.%i",
  async (minor) => {
    const version = { protocolVersionMajor: 1, protocolVersionMinor: minor };
    const alice = buildHouse().as("alice", { version });
    const { protocolVersion } = await alice.call("DiscoverVersions", { protocolVersion: [] });
    expect(protocolVersion).toEqual([newest, oldest]);
  },
);

test("Query in a message of version 1.0 names no operation that is newer", async () => {
  const alice = buildHouse().as("alice", { version: oldest });
  const { operation } = await alice.call("Query", { queryFunction: ["QueryOperations"] });
  expect(operation).toHaveLength(15);
  expect(operation).not.toContain(operations.DiscoverVersions.name);
});
