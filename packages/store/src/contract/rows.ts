import { deepStrictEqual, strictEqual } from "node:assert/strict";
import type { ContractCase } from "./case.ts";
import {
  asRead,
  audit,
  bytes,
  commit,
  idsOf,
  key,
  made,
  moved,
  object,
  readOne,
  setting,
} from "./samples.ts";

/** Rows are replaced whole, under their version, or not at all. */
export const rowCases: readonly ContractCase[] = [
  {
    title: "an object comes back as it was put",
    async check(store) {
      const row = object("a", { keyId: "k", sealSeq: 3, macEpoch: 7, terms: [-1n, 0n, 5n] });
      await made(store, { putObjects: [row] });
      deepStrictEqual(await readOne(store, "a"), asRead(row));
    },
  },
  {
    title: "an object without material and without a family comes back without them",
    async check(store) {
      const row = object("a", { sealed: null, body: bytes() });
      await made(store, { putObjects: [row] });
      deepStrictEqual(await readOne(store, "a"), asRead(row));
    },
  },
  {
    title: "dates, terms and moments keep all 64 bits",
    async check(store) {
      const [least, most] = [-(2n ** 63n), 2n ** 63n - 1n];
      const rows = [
        object("least", { initialDate: least, terms: [least, most] }),
        object("most", { initialDate: most, terms: [most] }),
      ];
      await made(store, { putObjects: rows, putKeys: [key("k", { dueAt: most })] });
      strictEqual((await readOne(store, "least"))?.initialDate, least);
      strictEqual((await readOne(store, "most"))?.initialDate, most);
      deepStrictEqual(await idsOf(store, { terms: [least] }), [["least"]]);
      deepStrictEqual(await idsOf(store, { terms: [most] }), [["most", "least"]]);
      strictEqual((await store.readKeys(["k"])).get("k")?.dueAt, most);
    },
  },
  {
    title: "an id that is not there is not in the answer",
    async check(store) {
      await made(store, { putObjects: [object("a")] });
      deepStrictEqual([...(await store.read(["b", "a", "a"])).keys()], ["a"]);
      strictEqual((await store.read([])).size, 0);
      strictEqual((await store.readKeys(["a"])).size, 0);
    },
  },
  {
    title: "ids are told apart byte by byte",
    async check(store) {
      const ids = ["e", "E", "\u00e9", "e\u0301", "e ", "'", '"\\{},NULL', "\u{1f511}"];
      await made(store, { putObjects: ids.map((id) => object(id, { body: Buffer.from(id) })) });
      const rows = await store.read(ids);
      for (const id of ids) deepStrictEqual([...(rows.get(id)?.body ?? [])], [...Buffer.from(id)]);
    },
  },
  {
    title: "version 1 says that there was none before",
    async check(store) {
      await made(store, { putObjects: [object("a")], putKeys: [key("k")] });
      deepStrictEqual(await commit(store, { putObjects: [object("a")] }), moved("a"));
      deepStrictEqual(await commit(store, { putKeys: [key("k")] }), moved("k"));
    },
  },
  {
    title: "a put replaces the version before its own, whole",
    async check(store) {
      await made(store, { putObjects: [object("a", { terms: [1n] })] });
      const next = object("a", { version: 2, sealed: null, terms: [2n], initialDate: 5n });
      await made(store, { putObjects: [next] });
      deepStrictEqual(await readOne(store, "a"), asRead(next));
      deepStrictEqual(await idsOf(store, { terms: [1n] }), []);
      deepStrictEqual(await idsOf(store, { terms: [2n] }), [["a"]]);
    },
  },
  {
    title: "a put of any other version is a conflict on that row",
    async check(store) {
      await made(store, { putObjects: [object("a")], putRecords: [setting("s")] });
      for (const version of [1, 3, 4])
        deepStrictEqual(
          await commit(store, { putObjects: [object("a", { version })] }),
          moved("a"),
        );
      const missing = { putObjects: [object("b", { version: 2 })] };
      deepStrictEqual(await commit(store, missing), moved("b"));
      const stale = { putRecords: [setting("s", { version: 3 })] };
      deepStrictEqual(await commit(store, stale), moved("s"));
    },
  },
  {
    title: "a removal takes the row of its version alone",
    async check(store) {
      await made(store, { putObjects: [object("a"), object("b")], putKeys: [key("k")] });
      const stale = { removeObjects: [{ id: "a", version: 2 }] };
      deepStrictEqual(await commit(store, stale), moved("a"));
      await made(store, {
        removeObjects: [{ id: "a", version: 1 }],
        removeKeys: [{ id: "k", version: 1 }],
      });
      deepStrictEqual([...(await store.read(["a", "b"])).keys()], ["b"]);
      strictEqual((await store.readKeys(["k"])).size, 0);
      deepStrictEqual(
        await commit(store, { removeObjects: [{ id: "a", version: 1 }] }),
        moved("a"),
      );
      await made(store, { putObjects: [object("a")] });
    },
  },
  {
    title: "the first conflict is told in the order keys, objects by id, records",
    async check(store) {
      const stale = { version: 9 };
      const rows = [object("c", stale), object("b", stale)];
      const all = {
        putObjects: rows,
        putKeys: [key("z", stale)],
        putRecords: [setting("a", stale)],
      };
      deepStrictEqual(await commit(store, all), moved("z"));
      deepStrictEqual(await commit(store, { ...all, putKeys: [] }), moved("b"));
      const removal = { ...all, putKeys: [], removeObjects: [{ id: "a", version: 1 }] };
      deepStrictEqual(await commit(store, removal), moved("a"));
    },
  },
  {
    title: "a change that fails in one place changes nothing anywhere",
    async check(store) {
      await made(store, { putObjects: [object("a")] });
      const change = {
        putKeys: [key("k")],
        putObjects: [object("b"), object("c"), object("a", { version: 2 })],
        putRecords: [setting("s", { version: 2 })],
        audit: [audit("op")],
      };
      deepStrictEqual(await commit(store, change), moved("s"));
      deepStrictEqual(await readOne(store, "a"), asRead(object("a")));
      strictEqual((await store.read(["b", "c"])).size, 0);
      strictEqual((await store.readKeys(["k"])).size, 0);
      await made(store, { audit: [audit("op")] });
    },
  },
  {
    title: "records are told apart by kind and come by id",
    async check(store) {
      const ring = setting("s", { kind: "keyring", body: bytes(1) });
      await made(store, { putRecords: [setting("t"), setting("s"), ring] });
      const names = (await store.readRecords("setting")).map(({ id }) => id);
      deepStrictEqual(names, ["s", "t"]);
      const [only, ...others] = await store.readRecords("keyring");
      deepStrictEqual([only?.id, [...(only?.body ?? [])], others], ["s", [1], []]);
      await made(store, { putRecords: [{ ...ring, version: 2 }] });
      strictEqual((await store.readRecords("keyring"))[0]?.version, 2);
    },
  },
  {
    title: "bytes are copied on the way in and on the way out",
    async check(store) {
      const row = object("a");
      const outcome = commit(store, { putObjects: [row] });
      for (const wiped of [row.body, row.sealed, row.mac]) wiped?.fill(0);
      deepStrictEqual(await outcome, { outcome: "committed" });
      const [first, second] = await Promise.all([store.read(["a"]), store.read(["a"])]);
      first.get("a")?.body.fill(0);
      deepStrictEqual([...(second.get("a")?.body ?? [])], [...object("a").body]);
      deepStrictEqual(await readOne(store, "a"), asRead(object("a")));
    },
  },
];
