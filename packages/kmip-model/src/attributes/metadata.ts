import { optional, structure, textString } from "@akm/ttlv";
import { firstExtensionTag } from "../tags.ts";

/** A member of y-Metadata. */
export type MetadataField = `field${number}`;

/** y-Metadata as a value: the fields that are not empty. */
export type Metadata = { readonly [field: MetadataField]: string | undefined };

/** The sixteen members, `field1` under the tag 540001 to `field16` under 540010. AKM guide, note 6. */
export const metadataTags: ReadonlyMap<MetadataField, number> = new Map(
  Array.from({ length: 16 }, (_, at): [MetadataField, number] => [
    `field${at + 1}`,
    firstExtensionTag + at + 1,
  ]),
);

/** The wire form of y-Metadata: a structure of up to sixteen Text Strings. */
export const metadata = structure(
  Object.fromEntries([...metadataTags].map(([field, tag]) => [field, optional(tag, textString)])),
);

const bytesMax = 65_536;

/** Refuses more text than the sixteen fields may hold together: 64 KiB of UTF-8. */
export function checkMetadata(value: Metadata): string | undefined {
  const encoder = new TextEncoder();
  const bytes = Object.values(value).reduce(
    (sum, text) => sum + encoder.encode(text ?? "").length,
    0,
  );
  return bytes > bytesMax ? `holds ${bytes} bytes of text, more than ${bytesMax}` : undefined;
}
