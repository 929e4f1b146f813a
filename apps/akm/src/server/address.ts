/** An address and port as they are written in one word; IPv6 in brackets. */
export function hostAndPort({
  address,
  port,
}: {
  readonly address: string;
  readonly port: number;
}): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
