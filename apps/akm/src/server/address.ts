/** Where something listens. */
export interface Door {
  readonly address: string;
  readonly port: number;
}

/** An address and port as they are written in one word; IPv6 in brackets. */
export function hostAndPort({ address, port }: Door): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
