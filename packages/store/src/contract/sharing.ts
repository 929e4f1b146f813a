import { deepStrictEqual, strictEqual } from "node:assert/strict";
import type { Outcome } from "../store.ts";
import type { ContractCase } from "./case.ts";
import { audit, claim, commit, idsOf, key, made, object, readOne } from "./samples.ts";

/** Forty of a thing, more than any store does at once. */
function forty<T>(make: (at: number) => T): T[] {
  return Array.from({ length: 40 }, (_, at) => make(at));
}

function committed(outcomes: readonly Outcome[]): number {
  return outcomes.filter(({ outcome }) => outcome === "committed").length;
}

/** Callers at the same moment: they may share statements and transactions, never outcomes. */
export const sharingCases: readonly ContractCase[] = [
  {
    title: "readers that wait together each get what they asked for",
    async check(store) {
      await made(store, { putObjects: forty((at) => object(`o${at}`)) });
      const answers = await Promise.all(forty((at) => store.read([`o${at}`, `o${at + 1}`])));
      const last = answers.pop();
      answers.forEach((rows, at) => {
        deepStrictEqual([...rows.keys()].sort(), [`o${at}`, `o${at + 1}`].sort());
      });
      deepStrictEqual([...(last?.keys() ?? [])], ["o39"]);
    },
  },
  {
    title: "a read that begins after a commit was answered sees it, whoever else reads",
    async check(store) {
      await made(store, { putObjects: [object("a")] });
      let done = false;
      const others = forty(async () => {
        while (!done) await store.read(["a"]);
      });
      for (let version = 2; version < 30; version++) {
        await made(store, { putObjects: [object("a", { version })] });
        strictEqual((await readOne(store, "a"))?.version, version);
      }
      done = true;
      await Promise.all(others);
    },
  },
  {
    title: "searches that wait together each find their own, page by page",
    async check(store) {
      const [group, many] = [7n, 3];
      const rows = forty((at) => object(`o${at}`, { terms: [BigInt(at % many) + 100n, group] }));
      await made(store, { putObjects: rows });
      const searches = forty((at) => ({ terms: [BigInt(at % many) + 100n], pageSize: 5 }));
      const found = await Promise.all(searches.map((match) => idsOf(store, match)));
      found.forEach((pages, at) => {
        const wanted = rows.flatMap(({ id }, row) => (row % many === at % many ? [id] : []));
        deepStrictEqual(pages.flat().sort(), wanted.sort());
        deepStrictEqual(
          pages.slice(0, 2).map(({ length }) => length),
          [5, 5],
        );
      });
      deepStrictEqual(await idsOf(store, { terms: [group], pageSize: 40 }), [
        rows.map(({ id }) => id).sort(),
      ]);
    },
  },
  {
    title: "of racing changes of one version exactly one comes about",
    async check(store) {
      await made(store, { putKeys: [key("k")] });
      for (let version = 2; version < 6; version++) {
        const races = forty((at) =>
          commit(store, {
            putKeys: [key("k", { version })],
            putObjects: [object(`v${version} o${at}`, { terms: [BigInt(version)] })],
          }),
        );
        strictEqual(committed(await Promise.all(races)), 1);
        const winners = [];
        for await (const page of store.find({ terms: [BigInt(version)] })) winners.push(...page);
        strictEqual(winners.length, 1);
      }
    },
  },
  {
    title: "of racing takers of one claim exactly one gets it, the others learn who",
    async check(store) {
      const outcomes = await Promise.all(
        forty((at) => commit(store, { takeClaims: [claim(1, `o${at}`)] })),
      );
      strictEqual(committed(outcomes), 1);
      const winner = `o${outcomes.findIndex(({ outcome }) => outcome === "committed")}`;
      for (const end of outcomes)
        if (end.outcome === "conflict") strictEqual(end.on === "claim" && end.owner, winner);
      deepStrictEqual(await store.owners([claim(1, "").claim]), [winner]);
    },
  },
  {
    title: "changes that wait together come about each by itself: one that cannot harms no other",
    async check(store) {
      await made(store, { putObjects: [object("o7")], audit: [audit("9")] });
      const outcomes = await Promise.all(
        forty((at) => commit(store, { putObjects: [object(`o${at}`)], audit: [audit(`${at}`)] })),
      );
      const others = outcomes.flatMap(({ outcome }, at) => (outcome === "committed" ? [] : [at]));
      deepStrictEqual(others, [7, 9]);
      strictEqual(outcomes[7]?.outcome, "conflict");
      strictEqual((await store.read(forty((at) => `o${at}`))).size, 39);
    },
  },
  {
    title: "changes that touch the same rows in different orders do not end each other",
    async check(store) {
      const ids = ["a", "b", "c", "d"];
      await made(store, { putObjects: ids.map((id) => object(id)) });
      for (let version = 2; version < 8; version++) {
        const outcomes = await Promise.all(
          forty((at) => {
            const order = at % 2 ? ids : ids.toReversed();
            return commit(store, { putObjects: order.map((id) => object(id, { version })) });
          }),
        );
        strictEqual(committed(outcomes), 1);
        strictEqual(outcomes.filter(({ outcome }) => outcome === "failed").length, 0);
      }
    },
  },
];
