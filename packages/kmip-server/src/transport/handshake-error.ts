/** Why a handshake failed, and what mends it. */
export interface HandshakeFault {
  readonly why: string;
  readonly mend?: string;
}

const notTls: HandshakeFault = {
  why: "the peer speaks no TLS",
  mend: "switch TLS on in the client: KMIP without TLS is not served",
};
const oldTls: HandshakeFault = {
  why: "the peer offers no TLS version from 1.2 on",
  mend: "update the client, or switch TLS 1.2 on in it",
};
const distrusting: HandshakeFault = {
  why: "the peer does not accept this server's certificate",
  mend: "give the client the certificate of the authority that issued the server's, and a host name in it",
};

/** By the codes of Node's errors, which are OpenSSL's reasons. */
const faults: Readonly<Record<string, HandshakeFault>> = {
  ERR_SSL_WRONG_VERSION_NUMBER: notTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: notTls,
  ERR_SSL_HTTP_REQUEST: {
    why: "the peer sent a plain HTTP request",
    mend: "point the client at the HTTP port, or speak KMIP over TLS",
  },
  ERR_SSL_UNSUPPORTED_PROTOCOL: oldTls,
  ERR_SSL_NO_PROTOCOLS_AVAILABLE: oldTls,
  ERR_SSL_NO_SHARED_CIPHER: {
    why: "the peer offers no cipher suite that is served",
    mend: "switch on ECDHE with AES-GCM in the client",
  },
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: distrusting,
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: distrusting,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: distrusting,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: distrusting,
  ECONNRESET: { why: "the peer closed the connection during the handshake" },
};

/** What an error of a handshake means in words. */
export function handshakeFault(error: Error & { code?: string }): HandshakeFault {
  return faults[error.code ?? ""] ?? { why: error.code ?? error.message };
}

/** Whether the peer only went away: a probe of the port, nothing to mend. */
export function isProbe(error: Error & { code?: string }): boolean {
  return error.code === "ECONNRESET";
}
