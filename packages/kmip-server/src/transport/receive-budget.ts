/** Whose bytes are counted. */
export interface Body {
  /** Takes in no more until `resume`. */
  pause(): void;
  resume(): void;
}

/** Memory for requests that are being received or worked on, shared by all connections. */
export interface ReceiveBudget {
  /** Tells how many bytes `body` holds at the moment; 0 gives all back. */
  hold(body: Body, bytes: number): void;
  readonly held: number;
}

interface Share {
  bytes: number;
  paused: boolean;
}

/**
 * Counts the bytes of all bodies; beyond `bytesMax` the youngest ones wait. The oldest never does, so that one of
 * them always gets to its end; a body that waits still has to be whole in its time.
 */
export function createReceiveBudget(bytesMax: number): ReceiveBudget {
  // In the order of their first bytes.
  const shares = new Map<Body, Share>();
  let held = 0;
  let waiting = 0;

  function settle(): void {
    let sum = 0;
    let oldest = true;
    for (const [body, share] of shares) {
      sum += share.bytes;
      setPaused(body, share, sum > bytesMax && !oldest);
      oldest = false;
    }
  }

  function setPaused(body: Body, share: Share, paused: boolean): void {
    if (share.paused === paused) return;
    share.paused = paused;
    waiting += paused ? 1 : -1;
    if (paused) body.pause();
    else body.resume();
  }

  return {
    hold(body, bytes) {
      const share = shares.get(body) ?? { bytes: 0, paused: false };
      held += bytes - share.bytes;
      share.bytes = bytes;
      if (bytes > 0) shares.set(body, share);
      else {
        shares.delete(body);
        setPaused(body, share, false);
      }
      if (held > bytesMax || waiting > 0) settle();
    },
    get held() {
      return held;
    },
  };
}
