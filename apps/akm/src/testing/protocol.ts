import type { MessagePort } from "node:worker_threads";

/** What the thread is told at its start. */
export interface ThreadData {
  /** Lines of `akm.conf`. */
  readonly settings: string;
  readonly https: boolean;
  /** Takes the lines of the log, where somebody reads them. */
  readonly log: MessagePort | undefined;
}

/** What the thread says once it serves. */
export interface Ready {
  readonly host: string;
  readonly port: number;
  readonly httpsPort: number | undefined;
  readonly ca: string;
}

/** What the thread can be asked for. */
export type Ask =
  | { readonly act: "issue"; readonly commonName: string; readonly groups: readonly string[] }
  | { readonly act: "stop" };

/** A question, and where its answer goes. */
export interface Question {
  readonly ask: Ask;
  readonly reply: MessagePort;
}

/** An answer: what was asked for, or the error in its place. */
export type Reply = { readonly value: unknown } | { readonly error: unknown };
