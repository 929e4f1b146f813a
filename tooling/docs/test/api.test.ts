import { expect, test } from "vitest";
import { exportsOf } from "../api/exports.ts";
import { apiPage } from "../api/page.ts";
import { readStatements } from "../api/statements.ts";

const files: Readonly<Record<string, string>> = {
  "dist/index.d.ts": `export { type Shape, area as surface } from "./shapes/area.ts";
export type * from "./colour.ts";
export * as units from "./units.ts";
/** How many sides a shape may have. */
export declare const sidesMax = 12;
//# sourceMappingURL=index.d.ts.map`,
  "dist/shapes/area.d.ts": `import { type Colour } from "../colour.ts";
/** What has an area. */
export interface Shape {
    /** In metres. */
    readonly width: number;
    readonly colour: Colour;
}
/**
 * The area of a shape.
 *
 * @param shape  a flat one
 * @param scale  above 0
 * @throws RangeError for no area
 */
export declare function area(shape: Shape, scale: number): number;
export declare function area(shape: Shape): import("./number.ts").Area;
/** Not for others. */
declare const hidden = 1;
export {};`,
  "dist/colour.d.ts": `/** A colour. */
export type Colour = "red" | {
    readonly mixed: readonly Colour[];
};`,
  "dist/units.d.ts": `export declare const metre = 1;
export declare class Foot {
    #private;
    constructor(count: number);
}`,
};
const read = (path: string) => files[path] ?? "";
const found = exportsOf("dist/index.d.ts", read);
const named = (name: string) => found.find((each) => each.name === name);

test("a package's names are those of its index, under the names by which it gives them out", () => {
  expect(found.map(({ name }) => name)).toEqual([
    "Shape",
    "surface",
    "Colour",
    "units",
    "sidesMax",
  ]);
});

test("a name comes with its comment and its whole declaration", () => {
  expect(named("Colour")).toEqual({
    name: "Colour",
    comment: "A colour.",
    signature: 'type Colour = "red" | {\n    readonly mixed: readonly Colour[];\n};',
  });
});

test("overloads stand together, and types without the file that they come from", () => {
  expect(named("surface")?.signature).toBe(
    "function area(shape: Shape, scale: number): number;\nfunction area(shape: Shape): Area;",
  );
});

test("a namespace lists what it holds", () => {
  expect(named("units")?.comment).toBe("Holds `metre`, `Foot`.");
});

test("a class is shown without its private parts", () => {
  const foot = exportsOf("dist/units.d.ts", read).find(({ name }) => name === "Foot");
  expect(foot?.signature).toBe("class Foot {\n    constructor(count: number);\n}");
});

test("an inferred type that is too long to read is left out", () => {
  const members = Array.from({ length: 30 }, (_, i) => `    readonly m${i}: number;\n`).join("");
  const texts = {
    "a.d.ts": `export declare const a: {\n${members}};`,
    "b.d.ts": `export interface B {\n${members}}`,
  };
  const signature = (path: keyof typeof texts) => exportsOf(path, () => texts[path])[0]?.signature;
  expect(signature("a.d.ts")).toBe("const a: …;");
  expect(signature("b.d.ts")).toContain("m29");
});

test("a name without a declaration is a fault", () => {
  const missing = () =>
    exportsOf("a.d.ts", (path) => (path === "a.d.ts" ? 'export { x } from "./b.ts";' : ""));
  expect(missing).toThrow("no declaration of x");
});

test("statements keep the comment right before them and no other", () => {
  const source = "/** Of nothing. */\n/** Of a. */\nexport type A = 1;\nexport type B = 2;\n";
  expect(readStatements(source)).toEqual([
    { text: "export type A = 1;", comment: "Of a." },
    { text: "export type B = 2;", comment: "" },
  ]);
});

test("a page has the comment as prose above the declaration", () => {
  const page = apiPage("shapes", [{ specifier: "shapes", exported: found }]);
  expect(page).toContain(
    [
      "### surface",
      "",
      "The area of a shape.",
      "",
      "- `shape`: a flat one",
      "- `scale`: above 0",
      "",
      "Throws RangeError for no area",
      "",
      "```ts",
    ].join("\n"),
  );
});
