import { casesAt, judge, ownCases, playCase } from "@akm/interop";
import { describe, expect, test } from "vitest";
import { housePlayers } from "./support/house.ts";

const cases = casesAt([ownCases]);

describe("the cases of this program, against our server", () => {
  test.each(cases)("$name goes as it is written", async (each) => {
    const played = await playCase(each, housePlayers());
    expect(judge(played, { class: "passes" }).findings).toEqual([]);
  });

  test("a case leaves nothing behind: all of them can be played twice in a row", async () => {
    const players = housePlayers();
    for (const each of [...cases, ...cases]) {
      const { findings } = judge(await playCase(each, players), { class: "passes" });
      expect(findings, each.name).toEqual([]);
    }
  });

  test("each says what it is about", () => {
    expect(cases.filter(({ about }) => about === "").map(({ name }) => name)).toEqual([]);
  });
});
