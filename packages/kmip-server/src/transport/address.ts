/** An IPv4 address without the prefix that it bears on a socket for both versions. */
export function plainAddress({
  remoteAddress = "",
}: {
  remoteAddress?: string | undefined;
}): string {
  return remoteAddress.replace(/^::ffff:(?=\d+\.)/, "");
}
