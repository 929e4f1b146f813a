import { type AttributeRow, attributes, customAttribute, type Permission } from "@akm/kmip-model";
import { describe, expect, test } from "vitest";
import { editionOf, type SpecifiedAttribute, specification, xmlName } from "./specification.ts";

const rows: readonly AttributeRow[] = [...Object.values(attributes), customAttribute("x-one")];
const ofKmip = rows.filter(({ name }) => !name.startsWith("y-"));

/** Where a row departs from a column, with what it says instead; `departsBecause` tells why. */
const departures: Readonly<Record<string, Partial<Columns>>> = {
  Name: {
    deletable: "at indices from 1 on",
    implicitlySetBy: ["Create", "ReCertify", "ReKey", "ReKeyKeyPair", "Register"],
  },
  "Operation Policy Name": { implicitlySetBy: ["ReKey"] },
  "Custom Attribute": { implicitlySetBy: ["ReKey"] },
};

/** The client names them in the Template-Attribute of Create, although the table calls the server their setter. KMIP 1.1 §4.1. */
const namedInCreate = ["Cryptographic Algorithm", "Cryptographic Length"];

interface Columns {
  readonly section: string;
  readonly type: string;
  readonly many: boolean;
  readonly objectTypes: readonly string[];
  readonly implicitlySetBy: readonly string[];
  readonly since: number;
  readonly setByClient: boolean;
  readonly modifiable: string;
  readonly deletable: string;
}

type WireColumns = Pick<Columns, "section" | "type" | "many" | "objectTypes" | "since">;

const keys = ["PrivateKey", "PublicKey", "SplitKey", "SymmetricKey"];
const cryptographic = ["Certificate", ...keys, "SecretData"];

const families: Readonly<Record<string, readonly string[]>> = {
  "All Objects": [...cryptographic, "OpaqueObject", "Template"],
  "All Cryptographic Objects": cryptographic,
  "Opaque Object": ["OpaqueObject"],
  "Opaque Objects": ["OpaqueObject"],
  Keys: keys,
  "Asymmetric Keys": ["PrivateKey", "PublicKey"],
  "Symmetric Keys": ["SymmetricKey"],
  "Split Keys of symmetric keys": ["SplitKey"],
  Certificates: ["Certificate"],
  "X.509 Certificates": ["Certificate"],
  Templates: ["Template"],
};

const creating = "Create CreateKeyPair Register DeriveKey Certify ReCertify ReKey ReKeyKeyPair";

const setters: Readonly<Record<string, string>> = {
  NEW: creating,
  CRE: "Create",
  CKP: "CreateKeyPair",
  REG: "Register",
  DK: "DeriveKey",
  CER: "Certify",
  RCE: "ReCertify",
  RK: "ReKey",
  RKP: "ReKeyKeyPair",
  ACT: "Activate",
  REV: "Revoke",
  DES: "Destroy",
  ARC: "Archive",
  REC: "Recover",
  ADD: "AddAttribute",
  MOD: "ModifyAttribute",
  DEL: "DeleteAttribute",
  GUA: "GetUsageAllocation",
};

const sentences: Readonly<Record<string, string>> = {
  Yes: "always",
  "x- ones": "always",
  No: "never",
  "Pre-Active only": "while Pre-Active",
  "Pre-Active/Active only": "while Pre-Active or Active",
  "Pre-Active/Active and not yet reached":
    "while Pre-Active or Active, and until the date itself is reached",
};

function specifiedWire(row: SpecifiedAttribute): WireColumns {
  return {
    section: row.section,
    type: row.type.startsWith("any") ? "Any" : xmlName(row.type),
    many: /yes/i.test(row.multipleInstances),
    objectTypes: sorted(row.appliesTo.split(", ").flatMap((name) => families[name] ?? [name])),
    since: editionOf(row.since),
  };
}

function specifiedColumns(row: SpecifiedAttribute): Columns {
  return {
    ...specifiedWire(row),
    implicitlySetBy: sorted(row.implicitlySetBy.flatMap((name) => setters[name]?.split(" ") ?? [])),
    setByClient: /client/i.test(row.initiallySetBy) || namedInCreate.includes(row.name),
    modifiable: sentences[row.modifiableByClient] ?? row.modifiableByClient,
    deletable: sentences[row.deletableByClient] ?? row.deletableByClient,
    ...departures[row.name],
  };
}

function wireOf(row: AttributeRow): WireColumns {
  return {
    section: /§(\d+\.\d+)/.exec(row.spec)?.[1] ?? "",
    type: row.type.itemType,
    many: row.many,
    objectTypes: sorted(row.objectTypes),
    since: row.since,
  };
}

function columnsOf(row: AttributeRow): Columns {
  return {
    ...wireOf(row),
    implicitlySetBy: sorted(row.setImplicitlyBy),
    setByClient: row.create.by === "client",
    modifiable: when(row.modify),
    deletable: when(row.remove),
  };
}

function when(permission: Permission<never>): string {
  return permission.by === "nobody" ? "never" : permission.when.text;
}

function sorted(names: readonly string[]): string[] {
  return [...names].sort();
}

describe.skipIf(specification === undefined)("against the tables of KMIP 1.1 §3", () => {
  const tables = specification as NonNullable<typeof specification>;
  const nameOf = ({ name }: AttributeRow): string => (name === "x-one" ? "Custom Attribute" : name);
  const specifiedRow = (row: AttributeRow): SpecifiedAttribute =>
    tables.attributes.find(({ name }) => name === nameOf(row)) as SpecifiedAttribute;

  test("every attribute is declared, and no other", () => {
    expect(sorted(ofKmip.map(nameOf))).toEqual(sorted(tables.attributes.map(({ name }) => name)));
  });

  test.each(ofKmip.filter(({ offered }) => offered))(
    "$name has the columns of its table",
    (row) => {
      expect(columnsOf(row)).toEqual(specifiedColumns(specifiedRow(row)));
    },
  );

  test.each(ofKmip.filter(({ offered }) => !offered))(
    "$name, which is not offered, has the form and objects of its table",
    (row) => {
      expect(wireOf(row)).toEqual(specifiedWire(specifiedRow(row)));
    },
  );

  test("an attribute that always has a value cannot be deleted", () => {
    for (const { name, alwaysHasValue } of tables.attributes) {
      const row = rows.find((each) => each.name === name);
      if (alwaysHasValue.startsWith("Yes")) expect(row?.remove.by, name).toBe("nobody");
    }
  });

  test("a row of KMIP tells why it departs, and only where it does", () => {
    const departing = ofKmip.filter(({ departsBecause }) => departsBecause !== undefined);
    expect(departing.map(nameOf)).toEqual(Object.keys(departures));
  });
});
