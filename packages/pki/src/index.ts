export { type AuthorityRequest, createAuthority } from "./authority.ts";
export { type ClientRequest, issueClient } from "./client.ts";
export { PkiError } from "./error.ts";
export type { CertifiedKey, KeyAlgorithm } from "./keys.ts";
export {
  createRevocationList,
  type RevocationRequest,
  type Revoked,
  revocationReasons,
} from "./revocation.ts";
export { issueServer, type ServerRequest } from "./server.ts";
