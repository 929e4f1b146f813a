import type * as X509 from "@peculiar/x509";

/** The library that writes certificates, as a value to hand on. */
export type X509Library = typeof X509;

/**
 * Loads `@peculiar/x509`, which takes 100 ms, when the first certificate is made and not when this package is
 * imported. Its dependency injection wants `reflect-metadata` in place first.
 */
export async function loadX509(): Promise<X509Library> {
  await import("reflect-metadata");
  return import("@peculiar/x509");
}

/** The PEM of something that the library made; its own label for revocation lists is one that OpenSSL does not read. */
export function toPem(
  { PemConverter }: X509Library,
  { rawData }: { readonly rawData: ArrayBuffer },
  label: "CERTIFICATE" | "X509 CRL",
): string {
  return `${PemConverter.encode(rawData, label)}\n`;
}
