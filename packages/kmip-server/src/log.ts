/** How loud a line is: `debug` for what is normal, `error` for what an operator must mend. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/** A line of the log: an event such as `item.done` and its fields. Never a payload, key bytes or a credential. */
export type Log = (
  level: LogLevel,
  event: string,
  fields: Readonly<Record<string, unknown>>,
) => void;

/** Drops every line. */
export const silent: Log = () => {};
