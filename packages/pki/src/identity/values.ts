import { childrenOf, type DerElement, derTags, endOf, need } from "./der.ts";
import { DerError } from "./error.ts";

/** An object identifier in dotted form. Throws `DerError` `BadValue`. X.690 §8.19. */
export function readOid(element: DerElement | undefined, what: string): string {
  const { content, offset } = need(element, derTags.objectIdentifier, what);
  const numbers: bigint[] = [];
  let number = 0n;
  let begun = false;
  for (const byte of content) {
    if (!begun && byte === 0x80) {
      throw new DerError("BadValue", offset, `${what}: a number with leading zeros`);
    }
    number = (number << 7n) | BigInt(byte & 0x7f);
    begun = byte >= 0x80;
    if (begun) continue;
    numbers.push(number);
    number = 0n;
  }
  const [first, ...others] = numbers;
  if (first === undefined || begun) throw new DerError("BadValue", offset, `${what} is cut short`);
  const top = first < 80n ? first / 40n : 2n;
  return [top, first - top * 40n, ...others].join(".");
}

/** An integer as Node and OpenSSL print serial numbers: hexadecimal in capitals, sign byte left out. */
export function readSerial(element: DerElement | undefined): string {
  const { content, offset } = need(element, derTags.integer, "serial number");
  const [first, second] = content;
  if (first === undefined) throw new DerError("BadValue", offset, "serial number without a byte");
  if (second !== undefined && isPadded(first, second)) {
    throw new DerError("BadValue", offset, "serial number with a needless byte in front");
  }
  const digits = second !== undefined && first === 0 ? content.subarray(1) : content;
  return Buffer.from(digits).toString("hex").toUpperCase();
}

/** Both dates of a validity. Throws `DerError` for another form than `YYMMDDHHMMSSZ` or `YYYYMMDDHHMMSSZ`. RFC 5280 §4.1.2.5. */
export function readValidity(element: DerElement | undefined): { notBefore: Date; notAfter: Date } {
  const [from, to, more] = childrenOf(need(element, derTags.sequence, "validity"));
  endOf("validity", more);
  return { notBefore: readTime(from), notAfter: readTime(to) };
}

function isPadded(first: number, second: number): boolean {
  return (first === 0 && second < 0x80) || (first === 0xff && second >= 0x80);
}

/** One time, in either of the two forms that a certificate knows. Throws `DerError`. RFC 5280 §4.1.2.5. */
export function readTime(element: DerElement | undefined): Date {
  const isShort = element?.tag === derTags.utcTime;
  const time = need(element, isShort ? derTags.utcTime : derTags.generalizedTime, "time");
  const text = Buffer.from(time.content).toString("latin1");
  const digits = isShort ? `${text < "50" ? "20" : "19"}${text}` : text;
  const iso = digits.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6.000Z");
  const date = new Date(iso);
  // A thirtieth of February would roll over to March: only a date that prints as it was written is one.
  if (Number.isNaN(date.getTime()) || date.toISOString() !== iso) {
    throw new DerError("BadValue", time.offset, "no time of RFC 5280");
  }
  return date;
}
