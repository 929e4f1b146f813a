/** Takes an event and its fields; never a payload. */
export type Log = (event: string, fields: Readonly<Record<string, unknown>>) => void;

/** Where nobody listens. */
export const silence: Log = () => undefined;
