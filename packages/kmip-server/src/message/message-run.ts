import type { Edition, ProtocolVersion } from "@akm/kmip-model";
import type { RawItem } from "@akm/ttlv";
import type { Core } from "../core.ts";
import type { Session } from "../session.ts";

/** One request message that is being run: what its items share. */
export interface MessageRun {
  readonly core: Core;
  readonly session: Session;
  readonly version: ProtocolVersion;
  readonly edition: Edition;
  readonly unknownFields: "refuse" | "ignore";
  /** Whether the answer may grow by this item. */
  readonly fits: (item: RawItem) => boolean;
  /** The ID Placeholder: empty at the message's start, gone at its end. KMIP 1.1 §4. */
  placeholder: string | undefined;
}
