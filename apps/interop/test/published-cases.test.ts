import { akmGuide, casesAt, ownCases, playCases } from "@akm/interop";
import { expect, test } from "vitest";
import { housePlayers } from "./support/house.ts";
import { describeWithVectors, publishedCases } from "./support/vectors.ts";

describeWithVectors("OASIS's cases, against our server", () => {
  const cases = casesAt([publishedCases]);

  test("there are 30 of version 1.0 and 41 of version 1.1", () => {
    const count = (version: string) => cases.filter((each) => each.version === version).length;
    expect([count("1.0"), count("1.1")]).toEqual([30, 41]);
  });

  test("the profile speaks of no case that is not there", () => {
    const names = [...cases, ...casesAt([ownCases])].map(({ name }) => name);
    expect(Object.keys(akmGuide).filter((name) => !names.includes(name))).toEqual([]);
  });

  test.each(cases)("$name goes as the guide has it", async (each) => {
    const [result] = await playCases([each], { players: housePlayers(), profile: akmGuide });
    expect(result?.verdict.findings).toEqual([]);
  });
});
