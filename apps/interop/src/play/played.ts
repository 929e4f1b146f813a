import type { Item } from "@akm/ttlv";
import type { Case } from "./case.ts";
import type { Difference } from "./difference.ts";

/** Sends one message over one client's connection, and gives the answer. */
export type Send = (message: Uint8Array) => Promise<Uint8Array>;

/** The world that conversations are played in. */
export interface Players {
  /** By the letter that marks use; a letter that has none speaks as the last one that has. */
  readonly clients: readonly Send[];
  /** Put in place of `$RUN`. */
  readonly run: string;
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits before a request is sent again. */
  pause(): Promise<void>;
}

/** One step as it went. */
export interface PlayedStep {
  readonly label: string;
  readonly request: Item | undefined;
  readonly answer: Item | undefined;
  readonly differences: readonly Difference[];
}

/** A conversation as it went; a step whose request could not be made is the last. */
export interface PlayedCase {
  readonly case: Case;
  readonly steps: readonly PlayedStep[];
}
