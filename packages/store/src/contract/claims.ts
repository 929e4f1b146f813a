import { deepStrictEqual } from "node:assert/strict";
import type { Claim, Store } from "../store.ts";
import type { ContractCase } from "./case.ts";
import { claim, commit, key, made, moved, object, plain, readOne, taken } from "./samples.ts";

function owners(
  store: Store,
  ...asked: readonly Claim[]
): Promise<readonly (string | undefined)[]> {
  return store.owners(asked.map((one) => one.claim));
}

/** A claim has one owner. */
export const claimCases: readonly ContractCase[] = [
  {
    title: "a claim that is taken has its owner, any other none",
    async check(store) {
      await made(store, { takeClaims: [claim(1, "a"), claim(2, "b")] });
      const answer = await owners(store, claim(2, ""), claim(3, ""), claim(1, ""), claim(2, ""));
      deepStrictEqual(answer, ["b", undefined, "a", "b"]);
      deepStrictEqual(await owners(store), []);
    },
  },
  {
    title: "a claim that another owner holds is a conflict which names him, and nothing is done",
    async check(store) {
      await made(store, { takeClaims: [claim(2, "a")] });
      const change = { putKeys: [key("b")], takeClaims: [claim(1, "b"), claim(2, "b")] };
      deepStrictEqual(plain(await commit(store, change)), taken(claim(2, "a")));
      deepStrictEqual(await owners(store, claim(1, ""), claim(2, "")), [undefined, "a"]);
      deepStrictEqual((await store.readKeys(["b"])).size, 0);
    },
  },
  {
    title: "a claim that its own owner holds already is a conflict too",
    async check(store) {
      await made(store, { takeClaims: [claim(1, "a")] });
      const again = await commit(store, { takeClaims: [claim(1, "a")] });
      deepStrictEqual(plain(again), taken(claim(1, "a")));
    },
  },
  {
    title: "a claim that was freed can be taken",
    async check(store) {
      await made(store, { takeClaims: [claim(1, "a")] });
      await made(store, { freeClaims: [claim(1, "a")] });
      deepStrictEqual(await owners(store, claim(1, "")), [undefined]);
      await made(store, { takeClaims: [claim(1, "b")] });
      deepStrictEqual(await owners(store, claim(1, "")), ["b"]);
    },
  },
  {
    title: "a claim changes hands within one change set",
    async check(store) {
      await made(store, { takeClaims: [claim(1, "a")] });
      await made(store, { freeClaims: [claim(1, "a")], takeClaims: [claim(1, "b")] });
      deepStrictEqual(await owners(store, claim(1, "")), ["b"]);
    },
  },
  {
    title: "a claim that its owner does not hold cannot be freed",
    async check(store) {
      await made(store, { takeClaims: [claim(1, "a")], putObjects: [object("o")] });
      const change = { putObjects: [object("o", { version: 2 })] };
      const foreign = { ...change, freeClaims: [claim(1, "b")] };
      deepStrictEqual(await commit(store, foreign), moved("b"));
      deepStrictEqual(await commit(store, { freeClaims: [claim(2, "a")] }), moved("a"));
      deepStrictEqual(await owners(store, claim(1, "")), ["a"]);
      deepStrictEqual((await readOne(store, "o"))?.version, 1);
    },
  },
];
