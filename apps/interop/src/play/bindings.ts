import { createHash } from "node:crypto";

/** What a conversation has told so far: the values of placeholders, and what the client itself has sent. */
export interface Bindings {
  /** The text with `$RUN` and all placeholders that have a value replaced; `undefined` where one has none yet. */
  resolve(text: string): string | undefined;
  /** Gives a placeholder its value: what the server answered. False where another one of its kind has that value. */
  bind(text: string, value: string): boolean;
  /** Notes a value that the client sent, so that an answer has to repeat it as it is. */
  noteSent(text: string): void;
  /** Whether the client sent this text, or a key whose SHA-256 digest it is. */
  wasSent(text: string): boolean;
  /**
   * Whether `actual` may stand where the case has `expected`, a value that the server made: the same for the same,
   * all through the conversation.
   */
  isConsistent(expected: string, actual: string): boolean;
  /** Seconds since 1970 at which `$NOW` stands. */
  readonly startSeconds: number;
}

/** Whether a text is one placeholder and nothing else; `$NOW` is none of these. */
export function isPlaceholder(text: string): boolean {
  return /^\$[A-Z]+(?:_[A-Z]+)*(?:_\d+)?$/.test(text) && !isNow(text) && text !== "$RUN";
}

const fromNow = /^\$NOW([+-]\d+)?$/;

/** Whether a text is a date told from the present one: `$NOW`, `$NOW-3600`. */
export function isNow(text: string): boolean {
  return fromNow.test(text);
}

/** What a conversation begins with. */
export interface Beginning {
  /** Put in place of `$RUN`, so that names do not meet those of an earlier run. */
  readonly run: string;
  /** Seconds since 1970. */
  readonly startSeconds: number;
  /** Whether it waits for a date: then those that are minutes ahead come twenty times as soon. */
  readonly isWaiting: boolean;
}

const haste = 20;

/** Bindings for one conversation. */
export function createBindings({ run, startSeconds, isWaiting }: Beginning): Bindings {
  const values = new Map<string, string>();
  const sent = new Set<string>();
  const made = new Map<string, string>();
  return {
    startSeconds,
    resolve(text) {
      if (isPlaceholder(text)) return values.get(text);
      if (!isNow(text)) return text.replaceAll("$RUN", run);
      const offset = Number(fromNow.exec(text)?.[1] ?? 0);
      const isNear = isWaiting && offset > haste && offset <= 60 * haste;
      const seconds = startSeconds + (isNear ? Math.floor(offset / haste) : offset);
      return new Date(seconds * 1000).toISOString();
    },
    bind(text, value) {
      const kind = text.replace(/_\d+$/, "");
      const isTaken = [...values].some(
        ([name, taken]) => taken === value && name.startsWith(`${kind}_`),
      );
      values.set(text, value);
      return !isTaken;
    },
    noteSent(text) {
      sent.add(text.toLowerCase());
      if (/^(?:[\da-f]{2})+$/i.test(text)) sent.add(digestOf(text));
    },
    wasSent: (text) => sent.has(text.toLowerCase()),
    isConsistent(expected, actual) {
      const known = made.get(expected);
      if (known !== undefined) return known === actual;
      made.set(expected, actual);
      return true;
    },
  };
}

function digestOf(hex: string): string {
  return createHash("sha256").update(Buffer.from(hex, "hex")).digest("hex");
}
