import { akmGuide, casesAt, ownCases, playCases } from "@akm/interop";
import { describe, expect, test } from "vitest";
import { housePlayers } from "./support/house.ts";

const cases = casesAt([ownCases]);

describe("the cases of this program, against our server", () => {
  test.each(cases)("$name goes as the guide has it", async (each) => {
    const [result] = await playCases([each], { players: housePlayers(), profile: akmGuide });
    expect(result?.verdict.findings).toEqual([]);
  });

  test("a case leaves nothing behind: all of them can be played twice in a row", async () => {
    const playing = { players: housePlayers(), profile: akmGuide };
    for (const { case: played, verdict } of await playCases([...cases, ...cases], playing)) {
      expect(verdict.findings, played.name).toEqual([]);
    }
  });

  test("each says what it is about", () => {
    expect(cases.filter(({ about }) => about === "").map(({ name }) => name)).toEqual([]);
  });
});
