import { anyItem, createFramer, encode } from "@akm/ttlv";
import { hex } from "@akm/ttlv/testing";
import * as fc from "fast-check";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { refusal } from "./thrown.ts";

const tag = 0x42_0078;
const options = { tag, messageBytesMax: 256 * 1024 };

function message(bytes: number): Uint8Array {
  const value = new Uint8Array(bytes - 16).fill(bytes);
  return encode(tag, anyItem, {
    tag,
    type: "Structure",
    value: [{ tag: 1, type: "ByteString", value }],
  });
}

const empty = hex`420078 01 00000000`;
const stream = [message(24), empty, message(200), empty, message(1000)];
const bytes = Uint8Array.from(stream.flatMap((each) => [...each]));

describe("a stream of whole messages", () => {
  test("may come in one chunk", () => {
    const framer = createFramer(options);
    expect(framer.push(bytes)).toEqual(stream);
    expect(framer.pending).toBe(0);
    expect(framer.refusal).toBeUndefined();
  });

  test("may come byte by byte", () => {
    const framer = createFramer(options);
    const messages: Uint8Array[] = [];
    for (const byte of bytes) messages.push(...framer.push(Uint8Array.of(byte)));
    expect(messages).toEqual(stream);
  });

  test("may be cut anywhere", () => {
    for (let cut = 0; cut <= bytes.length; cut++) {
      const framer = createFramer(options);
      const messages = [
        ...framer.push(bytes.subarray(0, cut)),
        ...framer.push(bytes.subarray(cut)),
      ];
      expect(messages).toEqual(stream);
    }
  });

  test("may be cut in any number of places", () => {
    const cuts = fc.array(fc.nat({ max: bytes.length }), { maxLength: 30 });
    fc.assert(
      fc.property(cuts, (places) => {
        const framer = createFramer(options);
        const ends = [...places.sort((a, b) => a - b), bytes.length];
        const messages = ends.flatMap((end, i) => [
          ...framer.push(bytes.subarray(ends[i - 1] ?? 0, end)),
        ]);
        expect(messages).toEqual(stream);
      }),
    );
  });

  test("a message within one chunk is a view on it, any other has its own buffer", () => {
    const framer = createFramer(options);
    const [whole] = framer.push(bytes);
    expect(whole?.buffer).toBe(bytes.buffer);
    framer.push(bytes.subarray(0, 10));
    const [joined] = framer.push(bytes.subarray(10, 24));
    expect(joined).toEqual(stream[0]);
    expect(joined?.buffer).not.toBe(bytes.buffer);
  });
});

test("pending counts the bytes of the unfinished message", () => {
  const framer = createFramer(options);
  for (const [chunk, pending] of [
    [3, 3],
    [5, 8],
    [10, 18],
    [6, 0],
  ] as const) {
    framer.push(
      bytes
        .subarray(0, 24)
        .subarray(...({ 3: [0, 3], 5: [3, 8], 10: [8, 18], 6: [18, 24] } as const)[chunk]),
    );
    expect(framer.pending).toBe(pending);
  }
});

test.each([65_536, 65_544, 131_072, 200_000])(
  "a message of %i bytes is put together from chunks",
  (size) => {
    const large = message(size);
    const framer = createFramer(options);
    const messages: Uint8Array[] = [];
    for (let at = 0; at < size; at += 1460)
      messages.push(...framer.push(large.subarray(at, at + 1460)));
    expect(messages).toEqual([large]);
  },
);

test("wiping overwrites what came of the unfinished message", () => {
  const framer = createFramer(options);
  framer.wipe();
  framer.push(bytes.subarray(0, 20));
  framer.wipe();
  // A stream that ends within a message is not pushed to again; here it shows that nothing is left.
  const [joined] = framer.push(bytes.subarray(20, 24));
  expect(joined).toEqual(Uint8Array.of(...new Uint8Array(20), ...bytes.subarray(20, 24)));
});

test("no byte is copied more than twice, into however many chunks a message is cut", () => {
  const whole = message(256 * 1024);
  const set = vi.spyOn(Uint8Array.prototype, "set");
  onTestFinished(() => set.mockRestore());
  const framer = createFramer(options);
  const messages: Uint8Array[] = [];
  for (let at = 0; at < whole.length; at += 64)
    messages.push(...framer.push(whole.subarray(at, at + 64)));
  const copied = set.mock.calls.reduce((sum, [from]) => sum + from.length, 0);
  expect(copied).toBeGreaterThanOrEqual(whole.length);
  expect(copied).toBeLessThanOrEqual(2 * whole.length + 8);
  expect(messages).toEqual([whole]);
});

test("a claim of length takes no more than 64 KiB beyond what was received", () => {
  const huge = { tag, messageBytesMax: 2 ** 31 };
  const before = process.memoryUsage().arrayBuffers;
  const framers = Array.from({ length: 20 }, () => {
    const framer = createFramer(huge);
    framer.push(hex`420078 01 40000000 00`);
    return framer;
  });
  const taken = process.memoryUsage().arrayBuffers - before;
  expect(framers.every(({ pending }) => pending === 9)).toBe(true);
  expect(taken).toBeLessThan(20 * 65 * 1024 + 1024 * 1024);
});

describe("a header that is none", () => {
  test.each([
    ["a tag's first byte", hex`00`, "BadTag", 0],
    ["a tag's second byte", hex`42 01`, "BadTag", 1],
    ["a tag's last byte", hex`42 00 7B`, "BadTag", 2],
    ["a type", hex`42 00 78 02`, "BadType", 3],
    ["a length, by its first byte", hex`42 00 78 01 01`, "TooLong", 4],
    ["a length, by its second byte", hex`42 00 78 01 00 04`, "TooLong", 4],
    ["a length, by its last byte", hex`42 00 78 01 00 03 FF F9`, "TooLong", 4],
    ["a length of no whole words", hex`42 00 78 01 00 00 00 0C`, "BadLength", 4],
  ])("is refused at %s, and no byte earlier", (_, header, code, offset) => {
    const wrong = { code, path: "", offset };
    expect(refusal(() => createFramer(options).push(header))).toEqual(wrong);
    const framer = createFramer(options);
    for (const byte of header.subarray(0, -1)) expect(framer.push(Uint8Array.of(byte))).toEqual([]);
    expect(refusal(() => framer.push(header.subarray(-1)))).toEqual(wrong);
  });

  test("the greatest message is still taken", () => {
    const framer = createFramer({ tag, messageBytesMax: 1000 });
    expect(framer.push(message(1000))).toHaveLength(1);
    expect(refusal(() => framer.push(message(1008))).code).toBe("TooLong");
  });

  test("is refused again by every later call", () => {
    const framer = createFramer(options);
    for (let i = 0; i < 2; i++) expect(refusal(() => framer.push(hex`00`)).code).toBe("BadTag");
    expect(refusal(() => framer.push(empty)).code).toBe("BadTag");
  });

  test("does not take with it the messages before it", () => {
    const framer = createFramer(options);
    expect(framer.push(Uint8Array.of(...bytes, 0))).toEqual(stream);
    expect(framer.refusal?.code).toBe("BadTag");
    expect(refusal(() => framer.push(empty)).code).toBe("BadTag");
  });

  test("what a former header left behind does not count", () => {
    const framer = createFramer({ tag, messageBytesMax: 300 });
    expect(framer.push(message(264))).toHaveLength(1);
    expect(framer.push(hex`420078 01 0000 01`)).toEqual([]);
    expect(framer.pending).toBe(7);
  });
});
