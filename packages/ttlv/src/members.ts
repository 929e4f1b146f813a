import { headerBytes, padded, type RawItem } from "./item.ts";
import { PlacedItem, placeOf } from "./placed-item.ts";

/**
 * The items that stand directly within a structure, undecoded: views on the same bytes. For whoever must look into a
 * structure before it can be decoded. The item's form must have been checked, as `decode` and `checkForm` do.
 */
export function members(structure: RawItem): readonly RawItem[] {
  const { source, at: start, end } = placeOf(structure);
  const found: RawItem[] = [];
  for (let at = start + headerBytes; at < end; ) {
    const next = at + headerBytes + padded(source.view.getUint32(at + 4));
    found.push(new PlacedItem(source, at, next));
    at = next;
  }
  return found;
}
