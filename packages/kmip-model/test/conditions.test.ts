import {
  always,
  exceptAtIndex0,
  type State,
  untilReached,
  whilePreActive,
  whilePreActiveOrActive,
} from "@akm/kmip-model";
import { describe, expect, test } from "vitest";

const now = 1_700_000_000n;
const states: readonly State[] = ["PreActive", "Active", "Deactivated", "Compromised"];
const at = (state: State | undefined, index = 0) => ({ state, index });

test("always holds, for templates too", () => {
  expect([...states, undefined].every((state) => always.holds(at(state), undefined, now))).toBe(
    true,
  );
});

describe("of the four states", () => {
  test("only Pre-Active is before service", () => {
    const holding = states.filter((state) => whilePreActive.holds(at(state), undefined, now));
    expect(holding).toEqual(["PreActive"]);
  });

  test("Pre-Active and Active are before the end of service", () => {
    const holding = states.filter((state) =>
      whilePreActiveOrActive.holds(at(state), undefined, now),
    );
    expect(holding).toEqual(["PreActive", "Active"]);
  });
});

describe("a date of an Active key", () => {
  const holds = (current: bigint | undefined) => untilReached.holds(at("Active"), current, now);

  test("is open while it is to come", () => {
    expect(holds(now + 1n)).toBe(true);
  });
  test("is fixed from the very second on", () => {
    expect(holds(now)).toBe(false);
  });
  test("is open while it is not set", () => {
    expect(holds(undefined)).toBe(true);
  });
});

test("a date of a Deactivated key is fixed, even one to come", () => {
  expect(untilReached.holds(at("Deactivated"), now + 1n, now)).toBe(false);
});

test("the first name stays, every other one may go", () => {
  expect(exceptAtIndex0.holds(at("Active", 0), undefined, now)).toBe(false);
  expect(exceptAtIndex0.holds(at("Active", 1), undefined, now)).toBe(true);
});

test("a condition says in words when it holds", () => {
  const conditions = [always, exceptAtIndex0, untilReached, whilePreActive, whilePreActiveOrActive];
  for (const { text } of conditions) expect(text).toMatch(/^[a-z].*[^.]$/);
});
