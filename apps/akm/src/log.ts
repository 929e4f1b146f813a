import type { Log } from "@akm/kmip-server";
import { pino } from "pino";
import type { Config } from "./config.ts";

/** Where the lines of the log go. */
export interface LogTarget {
  /** Whether a person reads along: then `auto` is text. */
  readonly isTerminal: boolean;
  /** Takes whole lines, the end of the line included. */
  readonly write: (line: string) => void;
}

/** A log whose lines are an event and its fields: JSON for machines, or one readable line for people. */
export function createLog({ level, format }: Config["log"], { isTerminal, write }: LogTarget): Log {
  const isText = format === "text" || (format === "auto" && isTerminal);
  const logger = pino(
    {
      level,
      base: null,
      messageKey: "event",
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: pino.stdSerializers.err },
    },
    { write: (line: string) => write(isText ? readableLine(line) : line) },
  );
  return (at, event, fields) => logger[at](fields, event);
}

function readableLine(line: string): string {
  const { level, time, event, ...fields } = JSON.parse(line);
  const words = Object.entries(fields).map(([name, value]) => `${name}=${readable(value)}`);
  return `${[time, level.padEnd(5), event, ...words].join(" ")}\n`;
}

// A text with blanks or control characters in it is quoted, so that no value can pass for a line of its own.
function readable(value: unknown): string {
  return typeof value === "string" && /^[\w.:/@+-]+$/.test(value) ? value : JSON.stringify(value);
}
