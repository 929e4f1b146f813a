import { StoreError } from "@akm/store";

/** How long the clock is trusted without an answer that carries the server's time. */
const freshMs = 5000;

/** The database's clock, kept as an offset to a local monotonic one. */
export interface Clock {
  /** Local monotonic time in milliseconds. */
  readonly monotonic: () => number;
  /** Takes the server's time, in milliseconds since 1970, of an answer that was asked for at `sentAt` and arrived now. */
  heard(serverMs: number, sentAt: number): void;
  /** Server time in whole milliseconds since 1970. @throws StoreError `Unavailable` where nothing was heard for 5 s */
  now(): number;
}

/** Makes a clock that nothing was heard for yet. */
export function createClock(monotonic: () => number): Clock {
  let offset = Number.NaN;
  let heardAt = Number.NEGATIVE_INFINITY;

  return {
    monotonic,
    heard(serverMs, sentAt) {
      heardAt = monotonic();
      // The server looked at its clock at some moment between the question and the answer: within that, the offset stays as it is.
      const [least, most] = [serverMs - heardAt, serverMs - sentAt];
      offset = Number.isNaN(offset) ? most : Math.min(Math.max(offset, least), most);
    },
    now() {
      const local = monotonic();
      if (local - heardAt < freshMs) return Math.floor(offset + local);
      throw new StoreError("Unavailable", "the database's clock was not heard for 5 s");
    },
  };
}
