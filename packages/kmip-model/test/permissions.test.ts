import {
  type AttributeRow,
  attributes,
  customAttribute,
  type Permission,
  type State,
  type Subject,
} from "@akm/kmip-model";
import { describe, expect, test } from "vitest";

// Who may create, add, modify and delete each attribute and when, written out by hand; m marks several instances.

const table = `
  attribute                        | create | add            | modify         | delete
  Unique Identifier                | -      | -              | -              | -
  Name m                           | client | client         | client         | not first
  Object Type                      | -      | -              | -              | -
  Cryptographic Algorithm          | client | -              | -              | -
  Cryptographic Length             | client | -              | -              | -
  Cryptographic Parameters m       | client | client         | client         | client
  Digest m                         | -      | -              | -              | -
  Operation Policy Name            | client | client         | -              | -
  Cryptographic Usage Mask         | client | -              | -              | -
  State                            | -      | -              | -              | -
  Initial Date                     | -      | -              | -              | -
  Activation Date                  | client | before service | before service | -
  Process Start Date               | client | until reached  | until reached  | -
  Protect Stop Date                | client | until reached  | until reached  | -
  Deactivation Date                | client | until out      | until out      | -
  Compromise Occurrence Date       | -      | -              | -              | -
  Compromise Date                  | -      | -              | -              | -
  Revocation Reason                | -      | -              | -              | -
  Object Group m                   | client | client         | client         | client
  Link m                           | client | client         | client         | client
  Application Specific Information m | client | client       | client         | client
  Contact Information              | client | client         | client         | client
  Last Change Date                 | -      | -              | -              | -
  y-SQL Server Thumbprint          | client | client         | client, sets   | -
  y-Key Name                       | -      | -              | -              | -
  y-Instance                       | -      | -              | -              | -
  y-Current                        | -      | -              | -              | -
  y-Destroy Permitted              | client | client         | client, sets   | -
  y-Mirrored                       | client | client         | client, sets   | -
  y-Auto Re-key Interval In Days   | client | client         | client, sets   | -
  y-Re-key Permitted               | client | client         | client, sets   | -
  y-Access Check                   | client | owner          | owner, sets    | -
  y-Metadata                       | client | client         | client, sets   | -
  x-anything m                     | client | client         | client         | client`;

interface Line {
  readonly name: string;
  readonly many: boolean;
  readonly create: string;
  readonly add: string;
  readonly modify: string;
  readonly remove: string;
}

const lines = table.trim().split("\n").slice(1).map(lineOf);

function lineOf(text: string): Line {
  const cells = text.split("|").map((cell) => cell.trim()) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const [attribute, create, add, modify, remove] = cells;
  return {
    name: attribute.replace(/ m$/, ""),
    many: attribute.endsWith(" m"),
    create,
    add,
    modify,
    remove,
  };
}

interface Moment extends Subject {
  /** The value of a date, counted from now. */
  readonly current: bigint | undefined;
}

const now = 1_700_000_000n;

const states: readonly State[] = [
  "PreActive",
  "Active",
  "Deactivated",
  "Compromised",
  "Destroyed",
  "DestroyedCompromised",
];

const moments: readonly Moment[] = [...states, undefined].flatMap((state) =>
  [undefined, now - 1n, now, now + 1n].flatMap((current) =>
    [0, 1].map((index) => ({ state, current, index })),
  ),
);

const whens: Readonly<Record<string, (moment: Moment) => boolean>> = {
  "-": () => false,
  client: () => true,
  owner: () => true,
  "not first": ({ index }) => index > 0,
  "before service": ({ state }) => state === "PreActive",
  "until out": ({ state }) => state === "PreActive" || state === "Active",
  "until reached": ({ state, current = now + 1n }) =>
    (state === "PreActive" || state === "Active") && current > now,
};

function expectPermission(found: Permission<never>, word: string): void {
  const by = word === "-" ? "nobody" : word === "owner" ? "owner" : "client";
  expect(found.by).toBe(by);
  const wanted = moments.filter(whens[word] as (moment: Moment) => boolean);
  expect(moments.filter((moment) => holds(found, moment))).toEqual(wanted);
}

function holds(permission: Permission<never>, { current, ...subject }: Moment): boolean {
  return permission.by !== "nobody" && permission.when.holds(subject, current as never, now);
}

const offered = Object.values<AttributeRow>(attributes).filter((row) => row.offered);

function rowNamed(name: string): AttributeRow {
  return offered.find((row) => row.name === name) ?? customAttribute("x-anything");
}

test("the table has every attribute that is offered, and no other", () => {
  expect(lines.map(({ name }) => name)).toEqual([...offered.map(({ name }) => name), "x-anything"]);
});

describe.each(lines)("$name", ({ name, ...line }) => {
  const row = rowNamed(name);
  const [modify, sets] = line.modify.split(", ") as [string, string?];

  test(`has ${line.many ? "any number of instances" : "one instance"}`, () => {
    expect(row.many).toBe(line.many);
  });
  test(`in Create, Register and Re-key: ${line.create}`, () => {
    expectPermission(row.create, line.create);
  });
  test(`by Add Attribute: ${line.add}`, () => {
    expectPermission(row.add, line.add);
  });
  test(`by Modify Attribute: ${line.modify}`, () => {
    expectPermission(row.modify, modify);
    expect(row.modifySets).toBe(sets !== undefined);
  });
  test(`by Delete Attribute: ${line.remove}`, () => {
    expectPermission(row.remove, line.remove);
  });
});

test("what a template may hold beside its own attributes", () => {
  const content = offered.filter(({ template }) => template === "content");
  expect(content.map(({ name }) => name)).toEqual([
    "Cryptographic Algorithm",
    "Cryptographic Length",
    "Cryptographic Parameters",
    "Operation Policy Name",
    "Cryptographic Usage Mask",
    "Activation Date",
    "Process Start Date",
    "Protect Stop Date",
    "Deactivation Date",
    "Object Group",
    "Application Specific Information",
    "Contact Information",
    "y-Destroy Permitted",
    "y-Mirrored",
    "y-Auto Re-key Interval In Days",
    "y-Re-key Permitted",
    "y-Access Check",
  ]);
  expect(customAttribute("x-anything").template).toBe("content");
});

test("the attributes of a template itself", () => {
  const own = offered.filter(({ template }) => template === "own");
  expect(own.map(({ name }) => name)).toEqual([
    "Unique Identifier",
    "Name",
    "Object Type",
    "Initial Date",
    "Last Change Date",
  ]);
});
