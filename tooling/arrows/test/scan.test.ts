import { expect, test } from "vitest";
import { importsOf } from "../imports.ts";
import { scan } from "../scan.ts";

test.each([
  ["a string with a quote", String.raw`"a\"b" 'c'`, ['a\\"b', "c"]],
  ["a template in a template", "`a${ `b${ c }` }d`", ["`a${", "`b${", "c", "}`", "}d`"]],
  [
    "a brace inside a template's expression",
    "`${ { a: 1 } }`",
    ["`${", "{", "a", ":", "1", "}", "}`"],
  ],
  [
    "a regular expression with a quote",
    String.raw`x = /["'\/]`.concat("`]/g;"),
    ["x", "=", "/[\"'\\/]`]/g", ";"],
  ],
  ["a division", "a / b / c", ["a", "/", "b", "/", "c"]],
  ["a division after a bracket", "(a) / b / c", ["(", "a", ")", "/", "b", "/", "c"]],
  ["a regular expression after return", "return /'/;", ["return", "/'/", ";"]],
  ["comments with code in them", "a // import 'x'\n/* import 'y' */ b", ["a", "b"]],
])("%s is cut rightly", (_, source, texts) => {
  expect(scan(source).map(({ text }) => text)).toEqual(texts);
});

test("a token knows its line, its depth and the comments before it", () => {
  const source = "/** what it is */\nexport const a = [\n  `x\ny${1}`, b,\n];\nc";
  const tokens = scan(source);
  const find = (text: string) => tokens.find((token) => token.text === text);
  expect(find("export")).toMatchObject({ line: 2, depth: 0, comments: ["/** what it is */"] });
  expect(find("b")).toMatchObject({ line: 4, depth: 1, comments: [] });
  expect(find("c")).toMatchObject({ line: 6, depth: 0 });
});

test.each([
  ['import "a";', ["a"]],
  ['import { b, type C } from "a";', ["a"]],
  ['import type { B } from "a"; import * as c from "c";', ["a", "c"]],
  ['import d, { e as from } from "a";', ["a"]],
  ['export * from "a"; export * as n from "b"; export type * from "c";', ["a", "b", "c"]],
  ['export { a } from "a"; export type { B } from "b";', ["a", "b"]],
  ['export { a }; export const b = "from"; const from = "x";', []],
  ['const m = await import("a");', ["a"]],
  ["const m = await import(name);", [undefined]],
  ["const m = await import(`a${b}`);", [undefined]],
  ['type T = typeof import("a");', ["a"]],
  ["import.meta.url; x.import('a'); const o = { import: 'a' };", []],
  ["// import 'a'\nconst s = \"import 'b'\"; const t = `import 'c'`;", []],
])("the imports of %s are %j", (source, specifiers) => {
  expect(importsOf(scan(source)).map(({ specifier }) => specifier)).toEqual(specifiers);
});
