import fc from "fast-check";
import {
  attributeName,
  changing,
  content,
  date,
  filter,
  identifier,
  removableName,
  someIndex,
  usageMask,
  wantedBeside,
  wantedKey,
} from "./attribute-values.ts";
import type { BroughtKey, Message, Request, Version } from "./requests.ts";
import { people, type Step } from "./run.ts";

// What may happen, as fast-check makes it up.

/** The value in one of so many cases, else nothing. */
const maybe = <T>(value: fc.Arbitrary<T>, oneIn = 3) =>
  fc.oneof(
    { weight: oneIn - 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: value },
  );

const rarely = maybe(fc.constant(true), 40);

const id = fc.option(identifier, { nil: undefined, freq: 40 });

const op = <O extends Request["op"]>(name: O) => fc.constant(name);

const objectType = fc.oneof(
  { weight: 20, arbitrary: fc.constant("SymmetricKey") },
  { weight: 1, arbitrary: fc.constantFrom("Template", "SecretData") },
);

const broughtKey: fc.Arbitrary<BroughtKey> = fc
  .record({
    format: fc.oneof(
      {
        weight: 10,
        arbitrary: fc.constantFrom("Raw" as const, "TransparentSymmetricKey" as const),
      },
      { weight: 1, arbitrary: fc.constantFrom("Opaque" as const, "PKCS_1" as const) },
    ),
    bytes: fc
      .tuple(fc.constantFrom(16, 24, 32, 5), fc.nat({ max: 255 }))
      .map(([length, fill]) => new Uint8Array(length).fill(fill)),
    algorithm: maybe(fc.constantFrom("AES", "AES", "DES3")),
    length: maybe(fc.constantFrom(128, 192, 256)),
    compressed: rarely,
    wrapped: rarely,
    inside: rarely,
  })
  .map((key) => key as BroughtKey);

const registerKey = fc.record({
  op: op("Register"),
  objectType,
  wanted: fc.oneof(wantedKey, wantedBeside),
  key: fc.option(broughtKey, { nil: undefined, freq: 20 }),
});

const registerTemplate = fc.record({
  op: op("Register"),
  objectType: fc.constant("Template"),
  wanted: wantedBeside,
  contents: fc.option(fc.array(content, { minLength: 1, maxLength: 4 }), {
    nil: undefined,
    freq: 20,
  }),
});

const locate = fc.record({
  op: op("Locate"),
  filters: fc.array(filter, { maxLength: 3 }),
  enclosed: rarely,
  maximum: maybe(fc.constantFrom(1, 1, 2, 0), 2),
  skip: maybe(fc.constantFrom(0, 1, -1), 4),
  storage: maybe(
    fc.constantFrom(["OnLineStorage"], ["ArchivalStorage"], ["OnLineStorage", "ArchivalStorage"]),
    8,
  ),
});

const code = fc.constantFrom(
  "KeyCompromise",
  "CACompromise",
  "Unspecified",
  "Superseded",
  "CessationOfOperation",
);

const queried = fc.constantFrom(
  "QueryOperations",
  "QueryObjects",
  "QueryServerInformation",
  "QueryApplicationNamespaces",
);

const version = fc.constantFrom<Version>([1, 1], [1, 0], [1, 4], [2, 0], [1, 9]);

/** One request. */
const request = fc.oneof(
  { weight: 18, arbitrary: fc.record({ op: op("Create"), objectType, wanted: wantedKey }) },
  { weight: 6, arbitrary: registerKey },
  { weight: 4, arbitrary: registerTemplate },
  {
    weight: 8,
    arbitrary: fc.record({
      op: op("ReKey"),
      id,
      offset: maybe(fc.constantFrom(0, 60, 86_400), 2),
      wanted: maybe(wantedBeside, 3),
    }),
  },
  { weight: 6, arbitrary: locate },
  { weight: 4, arbitrary: fc.record({ op: op("Check"), id, mask: maybe(usageMask, 5) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      op: op("Get"),
      id,
      format: maybe(fc.constantFrom("Raw", "TransparentSymmetricKey", "Opaque", "PKCS_1"), 2),
      compressed: rarely,
      wrapped: rarely,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      op: op("GetAttributes"),
      id,
      names: fc.array(attributeName, { maxLength: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ op: op("GetAttributeList"), id }) },
  { weight: 10, arbitrary: fc.record({ op: op("AddAttribute"), id, given: changing }) },
  { weight: 12, arbitrary: fc.record({ op: op("ModifyAttribute"), id, given: changing }) },
  {
    weight: 8,
    arbitrary: fc.record({
      op: op("DeleteAttribute"),
      id,
      name: removableName,
      index: someIndex,
    }),
  },
  { weight: 6, arbitrary: fc.record({ op: op("Activate"), id }) },
  {
    weight: 5,
    arbitrary: fc.record({
      op: op("Revoke"),
      id,
      code,
      text: maybe(fc.constant("lost")),
      occurred: maybe(date),
    }),
  },
  { weight: 3, arbitrary: fc.record({ op: op("Destroy"), id }) },
  {
    weight: 1,
    arbitrary: fc.record({
      op: op("Query"),
      functions: fc.array(queried, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      op: op("DiscoverVersions"),
      versions: fc.array(version, { maxLength: 3 }),
    }),
  },
) as fc.Arbitrary<Request>;

const items = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(request) },
  { weight: 1, arbitrary: fc.array(request, { minLength: 2, maxLength: 4 }) },
);

const making: ReadonlySet<string> = new Set(["Create", "Register", "ReKey"]);

/** A limit goes with one item at most that makes an object: its identifier is not told in a refusal. */
const limit = fc.constantFrom(0, 160, 220, 300, 400, 700, 1500);

const message: fc.Arbitrary<Message> = fc
  .record({
    version: fc.oneof(
      { weight: 40, arbitrary: fc.constantFrom<Version>([1, 1], [1, 0], [1, 4]) },
      { weight: 1, arbitrary: fc.constantFrom<Version>([1, 9], [2, 0]) },
    ),
    maximumResponseSize: maybe(limit, 8),
    continuation: maybe(
      fc.constantFrom("Stop" as const, "Stop" as const, "Continue" as const, "Undo" as const),
      30,
    ),
    batchOrder: maybe(fc.boolean()),
    fault: fc.oneof(
      { weight: 60, arbitrary: fc.constant(undefined) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          "count" as const,
          "same id" as const,
          "no id" as const,
          "credential" as const,
        ),
      },
    ),
    items,
  })
  .map(({ maximumResponseSize, ...rest }) => {
    const isPlain = rest.fault === undefined && rest.continuation === undefined;
    const makers = rest.items.filter(({ op: name }) => making.has(name)).length;
    const limited = isPlain && rest.version[0] === 1 && makers <= 1;
    return { ...rest, ...(limited ? { maximumResponseSize } : {}) } as Message;
  });

const lists = fc.record({
  do: fc.constantFrom("grant" as const, "ungrant" as const),
  of: fc.nat({ max: 4 }),
  users: fc.subarray(["alice", "bob"]),
  groups: fc.subarray(["staff", "ops"]),
});

/** One step. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 60,
    arbitrary: fc.record({
      do: fc.constant("ask" as const),
      by: fc.nat({ max: people.length - 1 }),
      message,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("wait" as const),
      seconds: fc.constantFrom(1, 1, 60, 3600, 86_400),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("wait for midnight" as const) }) },
  { weight: 3, arbitrary: lists },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("look at everything" as const) }) },
);
