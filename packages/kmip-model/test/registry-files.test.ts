import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const source = new URL("../src/", import.meta.url);

// What the folder holds beside declarations of the registry: parts that those are made of.
const parts = new Set(["index.ts", "families.ts"]);

test.each(["attributes", "enumerations", "operations", "structures"])(
  "every file of %s/ is listed in its index",
  (folder) => {
    const files = readdirSync(new URL(`${folder}/`, source)).filter((file) => !parts.has(file));
    const index = readFileSync(new URL(`${folder}/index.ts`, source), "utf8");
    const listed = [...index.matchAll(/from "\.\/(.+)"/g)].map(([, file]) => file as string);
    expect([...new Set(listed)].sort()).toEqual(files.sort());
  },
);
