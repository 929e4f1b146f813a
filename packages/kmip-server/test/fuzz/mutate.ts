import { tags } from "@akm/kmip-model";
import { anyItem, encode, type Item } from "@akm/ttlv";
import type { Random } from "./random.ts";
import type { Seed } from "./seeds.ts";

/** A message made of others: its items changed, its bytes changed, or both; one in so many is left as it was. */
export function mutate(seeds: readonly Seed[], random: Random, leftOneIn: number): Uint8Array {
  const seed = random.pick(seeds);
  if (random.oneIn(leftOneIn)) return seed.bytes;
  const way = 1 + random.below(15);
  const donor = random.pick(seeds).root;
  const bytes = way < 10 ? withItemsChanged(seed.root, donor, random) : seed.bytes;
  return way > 6 ? withBytesChanged(bytes, random) : bytes;
}

type Structure = Extract<Item, { type: "Structure" }>;

function withItemsChanged(root: Item, donor: Item, random: Random): Uint8Array {
  let changed = root;
  for (let left = 1 + random.below(2); left > 0; left -= 1) {
    changed = somewhere(changed, random, (one) => changeMembers(one, donor, random));
  }
  return encode(root.tag, anyItem, changed);
}

/** Changes one of the structures; deeper ones are as likely as shallow ones. */
function somewhere(one: Item, random: Random, change: (one: Structure) => Item): Item {
  if (one.type !== "Structure") return one;
  const inner = one.value.filter(({ type }) => type === "Structure");
  if (inner.length === 0 || random.oneIn(4)) return change(one);
  const chosen = random.pick(inner);
  const value = one.value.map((member) =>
    member === chosen ? somewhere(member, random, change) : member,
  );
  return { ...one, value };
}

type Change = (members: Item[], donor: Item, random: Random) => readonly Item[];

const changes: readonly Change[] = [
  // removed
  (members, _, random) => members.toSpliced(random.below(members.length + 1), 1),
  // doubled
  (members, _, random) => inserted(members, members[random.below(members.length)], random),
  // in another order
  (members, _, random) => [...members].sort(() => random.below(3) - 1),
  // one more, or in place of one, out of another message
  (members, donor, random) => inserted(members, someItem(donor, random), random),
  (members, donor, random) =>
    members.toSpliced(random.below(members.length + 1), 1, someItem(donor, random)),
  // under another tag
  (members, donor, random) =>
    changedOne(members, random, (one) => ({ ...one, tag: someItem(donor, random).tag })),
  // far too many
  (members, _, random) => {
    const [one] = members.slice(random.below(members.length + 1));
    return one === undefined
      ? members
      : [...members, ...Array(random.oneIn(30) ? random.pick([98, 300]) : 3).fill(one)];
  },
  // far too deep
  (members, _, random) =>
    changedOne(members, random, (one) => wrapped(one, random.oneIn(4) ? random.pick([24, 40]) : 1)),
  // another value
  (members, _, random) => changedOne(members, random, (one) => otherValue(one, random)),
  (members, _, random) => changedOne(members, random, (one) => otherValue(one, random)),
];

function changeMembers(one: Structure, donor: Item, random: Random): Item {
  return { ...one, value: random.pick(changes)([...one.value], donor, random) };
}

function inserted(members: Item[], one: Item | undefined, random: Random): readonly Item[] {
  return one === undefined ? members : members.toSpliced(random.below(members.length + 1), 0, one);
}

function changedOne(members: Item[], random: Random, change: (one: Item) => Item): readonly Item[] {
  const at = random.below(members.length + 1);
  return members.map((one, index) => (index === at ? change(one) : one));
}

/** An item of a message, at any depth. */
function someItem(one: Item, random: Random): Item {
  if (one.type !== "Structure" || one.value.length === 0) return one;
  const member = random.pick(one.value);
  return random.oneIn(3) ? member : someItem(member, random);
}

function wrapped(one: Item, depth: number): Item {
  let whole = one;
  for (let left = depth; left > 0; left -= 1)
    whole = { tag: one.tag, type: "Structure", value: [whole] };
  return whole;
}

const texts = [
  "",
  "\0",
  "x-",
  "y-",
  "__proto__",
  "ÿ",
  "a".repeat(300),
  "x-0",
  "\u{1F511}",
  "\uFEFFa",
];
const integers = [0, 1, -1, 2 ** 31 - 1, -(2 ** 31)];
const longs = [0n, -1n, 1n, 2n ** 63n - 1n, -(2n ** 63n), 8_640_000_000_000n];

/** The item with a value at the edge of what its type allows. */
function otherValue(one: Item, random: Random): Item {
  switch (one.type) {
    case "Structure":
      return { ...one, value: [] };
    case "TextString":
      return { ...one, value: random.pick(texts) };
    case "ByteString":
      return { ...one, value: random.bytes(random.pick([0, 1, 15, 33])) };
    case "Integer":
      return { ...one, value: random.pick(integers) };
    case "Enumeration":
    case "Interval":
      return { ...one, value: random.pick([0, 1, 2 ** 31, 2 ** 32 - 1, random.below(40)]) };
    case "Boolean":
      return { ...one, value: !one.value };
    case "LongInteger":
    case "DateTime":
    case "BigInteger":
      return { ...one, value: random.pick(longs) };
  }
}

const knownTags = Object.values(tags);
const lengths = [0, 1, 4, 7, 8, 12, 16, 0x7fffffff, 0x80000000, 0xfffffff8, 0xffffffff];

function withBytesChanged(bytes: Uint8Array, random: Random): Uint8Array {
  const changed = Buffer.from(bytes);
  for (let left = 1 + random.below(3); left > 0; left -= 1) changeBytes(changed, random);
  return random.oneIn(12) ? changed.subarray(0, random.below(changed.length + 1)) : changed;
}

/** Items begin at multiples of 8: half of the changes go there, to a tag, a type or a length. */
function changeBytes(bytes: Buffer, random: Random): void {
  if (bytes.length < 8) return;
  const at = random.below(bytes.length);
  const word = random.below(Math.floor(bytes.length / 8)) * 8;
  switch (random.below(8)) {
    case 0:
    case 1:
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << random.below(8)), at);
      break;
    case 2:
      bytes.writeUInt8(random.pick([0, 1, 0x7f, 0x80, 0xff]), at);
      break;
    case 3:
      bytes.writeUIntBE(random.pick(knownTags), word, 3);
      break;
    case 4:
      bytes.writeUInt8(random.below(12), word + 3);
      break;
    case 5:
      bytes.writeUInt32BE(random.pick(lengths), word + 4);
      break;
    case 6:
      bytes.writeUInt32BE(
        (bytes.readUInt32BE(word + 4) + random.pick([-8, -1, 1, 8])) >>> 0,
        word + 4,
      );
      break;
    case 7:
      bytes.copy(bytes, word, random.below(bytes.length), random.below(bytes.length));
      break;
  }
}
