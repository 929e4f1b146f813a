import { scan } from "@akm/arrows/scan";
import { expect, test } from "vitest";
import { undocumentedExports } from "../undocumented.ts";

test.each([
  ["a documented constant", "/** what */ export const a = 1;", []],
  ["a constant without any", "export const a = 1;", ["a"]],
  ["a plain comment", "// what\nexport const a = 1;", ["a"]],
  ["a doc comment of something before", "/** b */ const b = 1;\nexport const a = 1;", ["a"]],
  ["a word to the linter between", "/** a */\n// biome-ignore x: y\nexport const a = 1;", []],
  [
    "a class, an interface, a type",
    "export abstract class A {} export interface B {} export type C = 1;",
    ["A", "B", "C"],
  ],
  ["an async generator", "export async function* a() {}", ["a"]],
  [
    "overloads, the first one documented",
    "/** a */ export function a(): 1;\nexport function a(b?: 1): 1 {}",
    [],
  ],
  [
    "names handed on",
    'export { a } from "a"; export * from "b"; export type { C } from "c"; export type * from "d";',
    [],
  ],
  ["names exported below", "const a = 1; export { a };", []],
  ["the word inside a function", "function f() { const o = { export: 1 }; }", []],
])("of %s the exports without a doc comment are found", (_, source, names) => {
  expect(undocumentedExports(scan(source)).map(({ name }) => name)).toEqual(names);
});
