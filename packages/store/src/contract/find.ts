import { deepStrictEqual, ok } from "node:assert/strict";
import type { Match, Store } from "../store.ts";
import type { ContractCase } from "./case.ts";
import { asRead, idsOf, key, made, object, plainObject } from "./samples.ts";

async function found(store: Store, match: Match): Promise<string[]> {
  return (await idsOf(store, match)).flat();
}

/** Index proposes: terms, dates, order, pages. */
export const findCases: readonly ContractCase[] = [
  {
    title: "a search finds whole rows, newest first",
    async check(store) {
      const [old, fresh] = [object("a", { terms: [1n] }), object("b", { initialDate: 2000n })];
      await made(store, { putObjects: [old, fresh] });
      const pages = [];
      for await (const page of store.find({ terms: [] })) pages.push(page.map(plainObject));
      deepStrictEqual(pages, [[asRead(fresh), asRead(old)]]);
    },
  },
  {
    title: "rows of one date stand in the order of their ids' bytes",
    async check(store) {
      const ids = ["B", "a", "aa", "b", "\u00e4", "\uffff", "\u{10000}", "A", ""];
      await made(store, { putObjects: ids.map((id) => object(id)) });
      const ordered = ["", "A", "B", "a", "aa", "b", "\u00e4", "\uffff", "\u{10000}"];
      deepStrictEqual(await found(store, { terms: [] }), ordered);
      deepStrictEqual(await found(store, { terms: [], pageSize: 1 }), ordered);
    },
  },
  {
    title: "a row has all of the terms, and one of the others",
    async check(store) {
      await made(store, {
        putObjects: [
          object("a", { terms: [1n, 2n, -3n] }),
          object("b", { terms: [1n, 4n] }),
          object("c", { terms: [2n] }),
          object("d"),
        ],
      });
      deepStrictEqual(await found(store, { terms: [1n] }), ["a", "b"]);
      deepStrictEqual(await found(store, { terms: [1n], anyOf: [2n, 9n], areFew: true }), ["a"]);
      deepStrictEqual(await found(store, { terms: [1n], anyOf: [9n], areFew: true }), []);
      deepStrictEqual(await found(store, { terms: [1n, -3n] }), ["a"]);
      deepStrictEqual(await found(store, { terms: [1n, 9n] }), []);
      deepStrictEqual(await found(store, { terms: [], anyOf: [4n, 2n] }), ["a", "b", "c"]);
      deepStrictEqual(await found(store, { terms: [1n], anyOf: [2n, 9n] }), ["a"]);
      deepStrictEqual(await found(store, { terms: [], anyOf: [] }), []);
    },
  },
  {
    title: "the range of dates holds both its ends",
    async check(store) {
      const [least, most] = [-(2n ** 63n), 2n ** 63n - 1n];
      const dates = { least, zero: 0n, ten: 10n, most };
      const rows = Object.entries(dates).map(([id, initialDate]) => object(id, { initialDate }));
      await made(store, { putObjects: rows });
      deepStrictEqual(await found(store, { terms: [], from: 0n, to: 10n }), ["ten", "zero"]);
      deepStrictEqual(await found(store, { terms: [], from: 11n }), ["most"]);
      deepStrictEqual(await found(store, { terms: [], to: least }), ["least"]);
      const all = ["most", "ten", "zero", "least"];
      deepStrictEqual(await found(store, { terms: [], from: least, to: most }), all);
    },
  },
  {
    title: "pages neither skip nor repeat",
    async check(store) {
      const rows = Array.from({ length: 57 }, (_, at) =>
        object(`o${String(at).padStart(2, "0")}`, { initialDate: BigInt(at % 5), terms: [7n] }),
      );
      await made(store, { putObjects: rows });
      const whole = await found(store, { terms: [7n], pageSize: 1000 });
      deepStrictEqual([...whole].sort(), rows.map(({ id }) => id).sort());
      for (const pageSize of [1, 7, 19, 57]) {
        const pages = await idsOf(store, { terms: [7n], pageSize });
        ok(pages.every((page) => page.length > 0 && page.length <= pageSize));
        deepStrictEqual(pages.flat(), whole);
      }
    },
  },
  {
    title: "a row that is changed or removed is no longer found by what it was",
    async check(store) {
      await made(store, {
        putObjects: [object("a", { terms: [1n] }), object("b", { terms: [1n] })],
      });
      await made(store, {
        putObjects: [object("a", { version: 2, terms: [2n] })],
        removeObjects: [{ id: "b", version: 1 }],
      });
      deepStrictEqual(await found(store, { terms: [1n] }), []);
      deepStrictEqual(await found(store, { terms: [2n] }), ["a"]);
    },
  },
  {
    title: "a search can be left after any page",
    async check(store) {
      await made(store, { putObjects: ["a", "b", "c"].map((id) => object(id)) });
      for (let round = 0; round < 30; round++)
        for await (const _ of store.find({ terms: [], pageSize: 1 })) break;
      deepStrictEqual(await found(store, { terms: [] }), ["a", "b", "c"]);
    },
  },
  {
    title: "keys are due by their moment, earliest first, no more than asked for",
    async check(store) {
      const moments = { a: 30n, b: 10n, c: null, d: 20n, e: 20n };
      const keys = Object.entries(moments).map(([id, dueAt]) => key(id, { dueAt }));
      await made(store, { putKeys: keys });
      deepStrictEqual(await store.due(9n, 10), []);
      deepStrictEqual(await store.due(30n, 10), ["b", "d", "e", "a"]);
      deepStrictEqual(await store.due(29n, 2), ["b", "d"]);
      await made(store, { putKeys: [key("b", { version: 2 })] });
      deepStrictEqual(await store.due(29n, 1), ["d"]);
    },
  },
];
