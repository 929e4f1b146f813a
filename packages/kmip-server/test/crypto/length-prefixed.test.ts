import fc from "fast-check";
import { expect, test } from "vitest";
import { LengthPrefixedWriter, lengthPrefixed, uint32 } from "../../src/crypto/index.ts";

const writer = new LengthPrefixedWriter();
const part = fc.oneof(fc.string({ unit: "binary" }), fc.uint8Array({ maxLength: 3000 }));

test("the writer writes what lengthPrefixed makes of the same parts", () => {
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      writer.begin();
      for (const each of parts) writer.part(each);
      expect(Buffer.from(writer.written())).toEqual(lengthPrefixed(...parts));
    }),
  );
});

test("numbers have four bytes, optional ones a byte that says so and eight", () => {
  const written = writer
    .begin()
    .uint32(0xffff_fffe)
    .optional(2 ** 53 - 1)
    .optional(null)
    .written();
  const optional = Uint8Array.of(1, 0, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
  const wanted = lengthPrefixed(uint32(0xffff_fffe), optional, Uint8Array.of(0));
  expect(Buffer.from(written)).toEqual(wanted);
});

test.each([-1, 2 ** 32])("%d is no number of four bytes", (value) => {
  expect(() => writer.begin().uint32(value)).toThrow(RangeError);
});
