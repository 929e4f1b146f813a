import { type DerElement, derTags } from "./der.ts";

/**
 * The text of a string element exactly as it stands there, NUL included; `undefined` where it is no string or
 * its bytes are none of that type. T61String is read as Latin-1, as everyone who still writes it means it.
 */
export function readText({ tag, content }: DerElement): string | undefined {
  switch (tag) {
    case derTags.utf8String:
      return readUtf8(content);
    case derTags.bmpString:
      return readBmp(content);
    case derTags.t61String:
      return Buffer.from(content).toString("latin1");
    case derTags.numericString:
    case derTags.printableString:
    case derTags.ia5String:
    case derTags.visibleString:
      return content.every((byte) => byte < 0x80)
        ? Buffer.from(content).toString("latin1")
        : undefined;
  }
  return undefined;
}

function readUtf8(content: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
}

/** Two bytes a character, big-endian; the halves of a pair are no characters here. */
function readBmp(content: Uint8Array): string | undefined {
  if (content.length % 2 !== 0) return undefined;
  const text = Buffer.from(content).swap16().toString("utf16le");
  return /[\ud800-\udfff]/.test(text) ? undefined : text;
}
