import type { ConnectionOptions } from "node:tls";

/** Where a server is, and how one is let in. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly tls: ConnectionOptions & { readonly cert: string; readonly key: string };
}
