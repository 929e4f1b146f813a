import { headerBytes, itemTypeOf, padded, type RawItem } from "./item.ts";

/**
 * The items that stand directly within a structure, undecoded: views on the same bytes. For whoever must look into a
 * structure before it can be decoded. The item's form must have been checked, as `decode` and `checkForm` do.
 */
export function members(structure: RawItem): readonly RawItem[] {
  const { bytes, offset } = structure;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found: RawItem[] = [];
  for (let at = headerBytes; at < bytes.length; ) {
    const end = at + headerBytes + padded(view.getUint32(at + 4));
    found.push({
      tag: view.getUint32(at) >>> 8,
      type: itemTypeOf(view.getUint8(at + 3)),
      bytes: bytes.subarray(at, end),
      offset: offset + at,
    });
    at = end;
  }
  return found;
}
