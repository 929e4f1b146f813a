import * as ttlv from "@akm/ttlv";
import { arbitrary } from "@akm/ttlv/testing";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { everything, everythingTag } from "./everything.ts";

test("a schema decodes what it encodes", () => {
  fc.assert(
    fc.property(arbitrary(everything), (value) => {
      const bytes = ttlv.encode(everythingTag, everything, value);
      expect(ttlv.decode(everythingTag, everything, bytes)).toStrictEqual(value);
      ttlv.checkForm(bytes);
    }),
  );
});
