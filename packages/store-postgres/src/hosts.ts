import type { ConnectionOptions } from "node:tls";

/** How to reach one server; a `host` that begins with `/` is the folder of its socket. */
export interface ConnectionSettings {
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  readonly ssl?: boolean | ConnectionOptions;
}

/**
 * A server, or several of which the first that is a primary serves: settings, a URL (`postgres://user:password@host:port/database`,
 * hosts separated by commas), or a list of these.
 */
export type Connection = string | ConnectionSettings | readonly (string | ConnectionSettings)[];

/** A driver's settings for each host. */
export function hostsOf(
  connection: Connection,
): (ConnectionSettings | { connectionString: string })[] {
  if (isList(connection)) return connection.flatMap(hostsOf);
  if (typeof connection !== "string") return [connection];
  const [, before, hosts, after] = /^(\w+:\/\/(?:[^/]*@)?)([^/?]*)(.*)$/s.exec(connection) ?? [];
  if (hosts === undefined)
    throw new TypeError("not a connection URL: it must begin with postgres://");
  return hosts.split(",").map((host) => ({ connectionString: `${before}${host}${after}` }));
}

function isList(connection: Connection): connection is readonly (string | ConnectionSettings)[] {
  return Array.isArray(connection);
}
