import { type ItemType, itemTypeOf, type RawItem } from "./item.ts";
import { type Source, sourceOf } from "./reader.ts";

/** Where an item stands: from `at` to `end` in its source. */
export interface Place {
  readonly source: Source;
  readonly at: number;
  readonly end: number;
}

/** An item that was met in a source. The view on its bytes is made when somebody asks for it: most are only decoded. */
export class PlacedItem implements RawItem, Place {
  readonly source: Source;
  readonly at: number;
  readonly end: number;
  #bytes: Uint8Array | undefined;

  constructor(source: Source, at: number, end: number) {
    this.source = source;
    this.at = at;
    this.end = end;
  }

  get tag(): number {
    return this.source.view.getUint32(this.at) >>> 8;
  }

  get type(): ItemType {
    return itemTypeOf(this.source.view.getUint8(this.at + 3));
  }

  get bytes(): Uint8Array {
    const { buffer, byteOffset } = this.source.bytes;
    this.#bytes ??= new Uint8Array(buffer, byteOffset + this.at, this.end - this.at);
    return this.#bytes;
  }

  get offset(): number {
    return this.source.base + this.at;
  }
}

/** Where an item's bytes are to be read. */
export function placeOf(item: RawItem): Place {
  if (item instanceof PlacedItem) return item;
  const { bytes, offset } = item;
  return { source: sourceOf(bytes, offset), at: 0, end: bytes.length };
}
