import { expect, test } from "vitest";
import { differingPages, pages } from "../pages.ts";

const text = (file: string) => pages.find((page) => page.file === file)?.text ?? "";
/** The same without the blanks that align tables. */
const words = (file: string) => text(file).replace(/ +/g, " ");

test("a page that is as the declarations have it does not differ", () => {
  expect(differingPages(pages, text)).toEqual([]);
});

test("a page that was changed by hand is named", () => {
  const read = (file: string) => text(file).replace("Unique Identifier", "unique identifier");
  expect(differingPages(pages, read).map(({ file }) => file)).toEqual(["attributes.md"]);
});

test("a page that is not there is named", () => {
  expect(differingPages(pages, () => undefined)).toEqual(pages);
});

test("every link to an enumeration leads to its heading", () => {
  const headings = text("enumerations.md")
    .match(/(?<=^## ).+$/gm)
    ?.map((name) => name.toLowerCase());
  const linked = pages.flatMap((page) => page.text.match(/(?<=enumerations\.md#)\w+/g) ?? []);
  expect(linked.length).toBeGreaterThan(0);
  expect(linked.filter((name) => !headings?.includes(name))).toEqual([]);
});

test("the operations that are refused have no payloads on their page", () => {
  const page = words("operations.md");
  expect(page).toContain("| Archive | 0x15 | 1.0 | no | KMIP 1.1 §4.22 |");
  expect(page).not.toContain("## Archive");
  expect(page.match(/^## /gm)).toHaveLength(16);
});

test("an operation's fields say how often they stand", () => {
  expect(words("operations.md")).toContain(
    "| QueryFunction | Enumeration, [QueryFunction](enumerations.md#queryfunction) | 1 or more | |",
  );
});
