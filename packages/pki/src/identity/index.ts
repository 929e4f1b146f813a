export { DerError, type DerErrorCode } from "./error.ts";
export { keyPurposes } from "./extensions.ts";
export { type Identity, readIdentity } from "./identity.ts";
export { type DistinguishedName, type NamePart, nameTypes } from "./name.ts";
export { type RevocationList, readRevocationLists } from "./revocation-list.ts";
