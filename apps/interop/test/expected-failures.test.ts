import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { faultsOf, playCases, readCases, readExpectedFailures } from "@akm/interop";
import { expect, onTestFinished, test } from "vitest";
import { housePlayers } from "./support/house.ts";

function conversation(reason: string): string {
  return `<KMIP><RequestMessage><BatchItem><Operation type="Enumeration" value="Activate"/>
    <RequestPayload><UniqueIdentifier type="TextString" value="none"/></RequestPayload></BatchItem></RequestMessage>
    <ResponseMessage><BatchItem><Operation type="Enumeration" value="Activate"/>
    <ResultStatus type="Enumeration" value="OperationFailed"/><ResultReason type="Enumeration" value="${reason}"/>
    </BatchItem></ResponseMessage></KMIP>`;
}

async function faults(expected: Record<string, string>): Promise<readonly string[]> {
  const cases = [
    ...readCases("good", conversation("ItemNotFound")),
    ...readCases("bad", conversation("IllegalOperation")),
  ].filter(({ version }) => version === "1.1");
  return faultsOf(await playCases(cases, { players: housePlayers() }), expected);
}

test("a case that fails and is not listed is a fault", async () => {
  expect(await faults({})).toEqual(["bad@1.1 failed"]);
});

test("a case that fails and is listed is none", async () => {
  expect(await faults({ "bad@1.1": "known" })).toEqual([]);
});

test("a case that is listed and passes is a fault, and so is one that is not there", async () => {
  expect(await faults({ "bad@1.1": "known", "good@1.1": "was broken", "gone@1.1": "old" })).toEqual(
    [
      "good@1.1 is expected to fail (was broken) and passes",
      "gone@1.1 is expected to fail (old) and was not played",
    ],
  );
});

test.each([
  ["{", "JSON"],
  ["[]", "not an object"],
  ['{ "a": "" }', "a has no reason"],
])("a list %j is refused", (text, why) => {
  const folder = mkdtempSync(join(tmpdir(), "akm-interop-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "list.json");
  writeFileSync(file, text);
  expect(() => readExpectedFailures(file)).toThrow(why);
});
