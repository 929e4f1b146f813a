import { type AttributeMember, attributes } from "@akm/kmip-model";
import { describe, expect, test } from "vitest";
import {
  aesKey,
  basics,
  making,
  outcomeOf,
  peopleOf,
  rowOf,
  type Scene,
  setScene,
  templateOf,
  written,
} from "./support/attempts.ts";
import { buildHouse } from "./support/house.ts";
import * as oracle from "./support/permission-oracle.ts";

// Every attribute that is declared, in every way to set, change or delete it: what is allowed and what is not, by whom
// and in which state. What must come of it stands in the tables of `model/rules.ts`.

const members = Object.keys(attributes) as AttributeMember[];

/** Where it is tried, and by whom. */
const places = [...oracle.states, "template"] as const;

type Deed = (scene: Scene, who: oracle.Who) => Promise<unknown>;
type Wanted = (attempt: oracle.Attempt) => oracle.Outcomes;

/** Those attempts whose outcome is not one of those that may be, on objects with and without the attribute. */
async function surprises(member: AttributeMember, deed: Deed, wanted: Wanted) {
  const { name } = rowOf(member);
  const found: string[] = [];
  for (const where of places) {
    const creatable = where === "template" ? oracle.ofTemplate(name) : oracle.ofCreation(name);
    for (const given of creatable[0] === "allowed" ? [undefined, member] : [undefined]) {
      found.push(...(await surprisesAt({ member, where, given }, deed, wanted)));
    }
  }
  return found;
}

interface Place {
  readonly member: AttributeMember;
  readonly where: oracle.Where;
  readonly given: AttributeMember | undefined;
}

async function surprisesAt({ member, where, given }: Place, deed: Deed, wanted: Wanted) {
  const { name } = rowOf(member);
  const found: string[] = [];
  let scene: Scene | undefined;
  for (const who of oracle.people) {
    if (where === "template" && who === "listed user") continue;
    scene ??= await setScene(where, given);
    const before = await scene.people.administrator.attributes(scene.uniqueIdentifier);
    const has = Object.hasOwn(before, member);
    const outcome = await outcomeOf(deed(scene, who));
    const may = wanted({ name, where, who, has });
    const line = `${where}, ${has ? "has it" : "has none"}, by ${who}: ${outcome}`;
    if (!may.includes(outcome)) found.push(`${line}, not ${may.join(" or ")}`);
    // What was refused left the object as it was.
    if (outcome === "allowed") scene = undefined;
  }
  return found;
}

describe.each(members)("%s", (member) => {
  const { name } = rowOf(member);
  const owner = () => peopleOf(buildHouse()).owner;

  test("given in Create", async () => {
    const create = making([...basics(member), written(member)]);
    const outcome = await outcomeOf(owner().call("Create", create));
    expect(oracle.ofCreation(name)).toContain(outcome);
  });

  test("given in Register", async () => {
    const register = { ...making([...basics(member), written(member)]), symmetricKey: aesKey() };
    const outcome = await outcomeOf(owner().call("Register", register));
    expect(oracle.ofCreation(name)).toContain(outcome);
  });

  test("within a template", async () => {
    const outcome = await outcomeOf(owner().call("Register", templateOf([written(member)])));
    expect(oracle.ofTemplate(name)).toContain(outcome);
  });

  test.each(oracle.people)("given in Re-key by the %s", async (who) => {
    const { people, uniqueIdentifier } = await setScene("PreActive");
    const templateAttribute = { name: [], attribute: [written(member)] };
    const reKey = people[who].call("ReKey", { uniqueIdentifier, templateAttribute });
    expect(oracle.ofReKey(name, who)).toContain(await outcomeOf(reKey));
  });

  test("by Add Attribute", async () => {
    const add: Deed = ({ people, uniqueIdentifier }, who) =>
      people[who].call("AddAttribute", { uniqueIdentifier, attribute: written(member, "other") });
    expect(await surprises(member, add, oracle.ofAdding)).toEqual([]);
  });

  test("by Modify Attribute", async () => {
    const modify: Deed = ({ people, uniqueIdentifier }, who) =>
      people[who].call("ModifyAttribute", {
        uniqueIdentifier,
        attribute: written(member, "other"),
      });
    expect(await surprises(member, modify, oracle.ofModifying)).toEqual([]);
  });

  test("by Delete Attribute", async () => {
    const remove: Deed = ({ people, uniqueIdentifier }, who) =>
      people[who].call("DeleteAttribute", { uniqueIdentifier, attributeName: name });
    expect(await surprises(member, remove, oracle.ofDeleting)).toEqual([]);
  });
});

test("a Name that is not the first can be deleted", async () => {
  const { people, uniqueIdentifier } = await setScene("PreActive");
  await people.owner.call("AddAttribute", { uniqueIdentifier, attribute: written("name") });
  const remove = { uniqueIdentifier, attributeName: "Name", attributeIndex: 1 };
  expect(await outcomeOf(people.owner.call("DeleteAttribute", remove))).toBe("allowed");
});

test.each(["processStartDate", "protectStopDate"] as const)(
  "%s is fixed once it has come",
  async (member) => {
    const house = buildHouse();
    const { owner } = peopleOf(house);
    const create = making([...basics(), written(member)]);
    const { uniqueIdentifier } = await owner.call("Create", create);
    await owner.call("Activate", { uniqueIdentifier });
    const modify = () =>
      outcomeOf(
        owner.call("ModifyAttribute", { uniqueIdentifier, attribute: written(member, "other") }),
      );
    expect(await modify()).toBe("allowed");
    house.clock.advance(1000);
    expect(await modify()).toBe("PermissionDenied");
  },
);
