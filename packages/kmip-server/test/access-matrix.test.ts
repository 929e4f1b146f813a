import { type AccessCheck, attributes, v1_1, writeAttribute } from "@akm/kmip-model";
import { describe, expect, test } from "vitest";
import { outcomeOf } from "./support/attempts.ts";
import { type Asker, buildHouse, type House } from "./support/house.ts";
import { revoke } from "./support/re-keying.ts";
import { locate, registerTemplate } from "./support/search.ts";

// Who may do what to whose object: every operation, by everybody, on a key in each state under each access check, on a
// template, and on what is not there. The tables are the policy, written out.

/** Everybody, by what the lists of the object say of them; the owner's own name and group are the first in them. */
const everybody = {
  owner: ["alice", "staff"],
  "listed user": ["bob", "elsewhere"],
  "of a listed group": ["carol", "ops"],
  "listed user of a listed group": ["dave", "ops"],
  stranger: ["mallory", "elsewhere"],
  administrator: ["root", "akm_admin"],
} as const;

type Who = keyof typeof everybody;

const all = Object.keys(everybody) as Who[];

const passes: Record<AccessCheck, readonly Who[]> = {
  Anyone: all,
  ListedUsers: ["owner", "listed user", "listed user of a listed group", "administrator"],
  ListedGroups: ["owner", "of a listed group", "listed user of a listed group", "administrator"],
  ListedUserAndGroup: ["owner", "listed user of a listed group", "administrator"],
  ListedUserOrGroup: [
    "owner",
    "listed user",
    "of a listed group",
    "listed user of a listed group",
    "administrator",
  ],
};

const checks = Object.keys(passes) as AccessCheck[];
const states = ["PreActive", "Active", "Deactivated", "Compromised"] as const;
type State = (typeof states)[number];

/** What comes of an operation for those who may do it, by where the object stands. */
const outcomes = table(`
                   | PreActive        | Active           | Deactivated      | Compromised      | template
  Activate         | done             | PermissionDenied | PermissionDenied | PermissionDenied | IllegalOperation
  AddAttribute     | done             | done             | done             | done             | done
  Check            | done             | done             | done             | done             | IllegalOperation
  DeleteAttribute  | done             | done             | done             | done             | done
  Destroy          | done             | PermissionDenied | done             | done             | done
  Get              | done             | done             | done             | done             | done
  GetAttributeList | done             | done             | done             | done             | done
  GetAttributes    | done             | done             | done             | done             | done
  Locate           | found            | found            | found            | found            | found
  ModifyAttribute  | done             | done             | done             | done             | done
  ReKey            | done             | done             | done             | done             | PermissionDenied
  Revoke           | IllegalOperation | done             | IllegalOperation | IllegalOperation | IllegalOperation`);

function table(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const [head = [], ...rows] = text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => line.split("|").map((cell) => cell.trim()));
  return new Map(
    rows.map(([operation = "", ...cells]) => [
      operation,
      new Map(cells.map((cell, at) => [head[at + 1] ?? "", cell])),
    ]),
  );
}

const group = { attributeName: "Object Group" };
const contact = (value: string) =>
  writeAttribute(attributes.contactInformation, { index: 0, value }, v1_1);
const revocationReason = { revocationReasonCode: "Superseded" } as const;

/** One attempt at each operation on an object that has an Object Group and no Contact Information. */
const attempts: Record<string, (asker: Asker, uniqueIdentifier: string) => Promise<unknown>> = {
  Activate: (asker, uniqueIdentifier) => asker.call("Activate", { uniqueIdentifier }),
  AddAttribute: (asker, uniqueIdentifier) =>
    asker.call("AddAttribute", { uniqueIdentifier, attribute: contact("me") }),
  Check: (asker, uniqueIdentifier) => asker.call("Check", { uniqueIdentifier }),
  DeleteAttribute: (asker, uniqueIdentifier) =>
    asker.call("DeleteAttribute", { uniqueIdentifier, ...group }),
  Destroy: (asker, uniqueIdentifier) => asker.call("Destroy", { uniqueIdentifier }),
  Get: (asker, uniqueIdentifier) => asker.call("Get", { uniqueIdentifier }),
  GetAttributeList: (asker, uniqueIdentifier) =>
    asker.call("GetAttributeList", { uniqueIdentifier }),
  GetAttributes: (asker, uniqueIdentifier) => asker.attributes(uniqueIdentifier),
  ModifyAttribute: (asker, uniqueIdentifier) => {
    const attribute = writeAttribute(attributes.objectGroup, { index: 0, value: "blue" }, v1_1);
    return asker.call("ModifyAttribute", { uniqueIdentifier, attribute });
  },
  ReKey: (asker, uniqueIdentifier) => asker.call("ReKey", { uniqueIdentifier }),
  Revoke: (asker, uniqueIdentifier) => asker.call("Revoke", { uniqueIdentifier, revocationReason }),
};

async function outcome(operation: string, asker: Asker, id: string): Promise<string> {
  if (operation === "Locate") return (await locate(asker, {})).includes(id) ? "found" : "unseen";
  const attempt = attempts[operation] as (asker: Asker, id: string) => Promise<unknown>;
  const came = await outcomeOf(attempt(asker, id));
  return came === "allowed" ? "done" : came;
}

function as(house: House, who: Who): Asker {
  const [user, ...groups] = everybody[who];
  return house.as(user, { groups, administrator: who === "administrator" });
}

async function keyIn(house: House, state: State, accessCheck: AccessCheck): Promise<string> {
  const owner = as(house, "owner");
  const uniqueIdentifier = await owner.create({ objectGroup: ["red"], accessCheck });
  const change = { id: uniqueIdentifier, users: ["bob", "dave"], groups: ["ops"] };
  await house.server.administration.grant(change);
  if (state === "Active" || state === "Deactivated") {
    await owner.call("Activate", { uniqueIdentifier });
  }
  if (state === "Deactivated") await revoke(owner, uniqueIdentifier);
  if (state === "Compromised") await revoke(owner, uniqueIdentifier, true);
  return uniqueIdentifier;
}

const denied = (operation: string) => (operation === "Locate" ? "unseen" : "PermissionDenied");

describe.each([...outcomes.keys()])("%s", (operation) => {
  const wantedAt = (place: string) => outcomes.get(operation)?.get(place) as string;

  test.each(checks)("on keys under the access check %s", async (check) => {
    const found: string[] = [];
    const wanted: string[] = [];
    for (const state of states) {
      const house = buildHouse();
      for (const who of all) {
        const id = await keyIn(house, state, check);
        const may = passes[check].includes(who);
        found.push(`${state}, ${who}: ${await outcome(operation, as(house, who), id)}`);
        wanted.push(`${state}, ${who}: ${may ? wantedAt(state) : denied(operation)}`);
      }
    }
    expect(found).toEqual(wanted);
  });

  test("on a template, which is its creator's and the administrators'", async () => {
    const house = buildHouse();
    const found: [Who, string][] = [];
    for (const who of all) {
      const id = await registerTemplate(as(house, "owner"), { objectGroup: ["red"] });
      found.push([who, await outcome(operation, as(house, who), id)]);
    }
    const may = ["owner", "administrator"];
    expect(found).toEqual(
      all.map((who) => [who, may.includes(who) ? wantedAt("template") : denied(operation)]),
    );
  });

  test("on what is not there", async () => {
    const house = buildHouse();
    const id = await keyIn(house, "PreActive", "Anyone");
    await as(house, "owner").call("Destroy", { uniqueIdentifier: id });
    for (const who of all) {
      const wanted = operation === "Locate" ? "unseen" : "ItemNotFound";
      expect(await outcome(operation, as(house, who), id), who).toBe(wanted);
    }
  });
});

describe("Operations on no object", () => {
  test.each(all)("Create, Register, Query and Discover Versions by the %s", async (who) => {
    const asker = as(buildHouse(), who);
    await asker.create();
    await registerTemplate(asker, { contactInformation: "me" });
    await asker.call("Query", { queryFunction: ["QueryOperations"] });
    await asker.call("DiscoverVersions", { protocolVersion: [] });
  });

  test.each(all)("Create and Register where administrators alone may, by the %s", async (who) => {
    const asker = as(buildHouse({ create: "administrators" }), who);
    const wanted = who === "administrator" ? "allowed" : "PermissionDenied";
    expect(await outcomeOf(asker.create())).toBe(wanted);
    expect(await outcomeOf(registerTemplate(asker, { contactInformation: "me" }))).toBe(wanted);
  });
});
