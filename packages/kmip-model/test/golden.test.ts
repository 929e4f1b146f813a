import { operations } from "@akm/kmip-model";
import { describe, expect, test } from "vitest";
import { operationsIn, requestAgain, responseAgain } from "./golden.ts";
import { sharedJson } from "./shared.ts";

/** A published message; `ttlvStrict` is false where its bytes are not even TTLV. */
interface Vector {
  readonly name: string;
  readonly kind: "request" | "response";
  readonly hex: string;
  readonly ttlvStrict: boolean;
}

const files: readonly (readonly [string, readonly Vector[] | undefined])[] = [
  ["KMIP Test Cases 1.1", vectorsOf("kmip-testcases-1.1")],
  ["KMIP Use Cases 1.0", vectorsOf("kmip-usecases-1.0")],
  ["messages of other programs", vectorsOf("interop-captures")],
];

function vectorsOf(file: string): readonly Vector[] | undefined {
  const vectors = sharedJson(`hex/${file}.json`) as readonly Vector[] | undefined;
  return vectors?.filter(({ ttlvStrict }) => ttlvStrict);
}

/** Messages that break KMIP's own rules, and how; the notes of the vectors say so too. */
const faulty: Readonly<Record<string, string>> = { "UC-11.1/2/request": "OutOfOrder" };

describe.each(files)("%s", (_, vectors) => {
  const [sound, unsound] = [false, true].map((wanted) =>
    (vectors ?? []).filter(({ name }) => name in faulty === wanted),
  ) as [Vector[], Vector[]];

  test.each(sound)("$name comes back byte for byte", ({ kind, hex }) => {
    const again = kind === "request" ? requestAgain : responseAgain;
    expect(Buffer.from(again(bytesOf(hex)))).toEqual(bytesOf(hex));
  });

  test.each(unsound)("$name is refused", ({ name, hex }) => {
    const error = expect.objectContaining({ code: faulty[name] });
    expect(() => requestAgain(bytesOf(hex))).toThrow(error);
  });

  if (vectors === undefined) test.skip("is not on this machine", () => {});
});

test.runIf(files[0]?.[1])("the messages ask for every operation that is offered", () => {
  const requests = files.flatMap(([, vectors = []]) =>
    vectors.filter(({ kind, name }) => kind === "request" && !(name in faulty)),
  );
  const seen = new Set(requests.flatMap(({ hex }) => operationsIn(bytesOf(hex))));
  const declared = Object.values(operations).filter(({ payloads }) => payloads);
  expect(declared.map(({ name }) => name).filter((name) => !seen.has(name))).toEqual([]);
});

function bytesOf(hex: string): Buffer {
  return Buffer.from(hex, "hex");
}
