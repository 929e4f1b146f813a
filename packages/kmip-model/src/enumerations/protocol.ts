import { enumeration } from "@akm/ttlv";
import { v1_1 } from "../version.ts";

// Enumerations of messages: operations, results and their options.

/** Operation. KMIP 1.1 §9.1.3.2.27. */
export const operation = enumeration("Operation", {
  Create: 1,
  CreateKeyPair: 2,
  Register: 3,
  ReKey: 4,
  DeriveKey: 5,
  Certify: 6,
  ReCertify: 7,
  Locate: 8,
  Check: 9,
  Get: 0x0a,
  GetAttributes: 0x0b,
  GetAttributeList: 0x0c,
  AddAttribute: 0x0d,
  ModifyAttribute: 0x0e,
  DeleteAttribute: 0x0f,
  ObtainLease: 0x10,
  GetUsageAllocation: 0x11,
  Activate: 0x12,
  Revoke: 0x13,
  Destroy: 0x14,
  Archive: 0x15,
  Recover: 0x16,
  Validate: 0x17,
  Query: 0x18,
  Cancel: 0x19,
  Poll: 0x1a,
  Notify: 0x1b,
  Put: 0x1c,
  ReKeyKeyPair: { code: 0x1d, since: v1_1 },
  DiscoverVersions: { code: 0x1e, since: v1_1 },
});

/** Result Status. KMIP 1.1 §9.1.3.2.28. */
export const resultStatus = enumeration("ResultStatus", {
  Success: 0,
  OperationFailed: 1,
  OperationPending: 2,
  OperationUndone: 3,
});

/** Result Reason. KMIP 1.1 §9.1.3.2.29. */
export const resultReason = enumeration("ResultReason", {
  ItemNotFound: 1,
  ResponseTooLarge: 2,
  AuthenticationNotSuccessful: 3,
  InvalidMessage: 4,
  OperationNotSupported: 5,
  MissingData: 6,
  InvalidField: 7,
  FeatureNotSupported: 8,
  OperationCanceledByRequester: 9,
  CryptographicFailure: 0x0a,
  IllegalOperation: 0x0b,
  PermissionDenied: 0x0c,
  ObjectArchived: 0x0d,
  IndexOutOfBounds: 0x0e,
  ApplicationNamespaceNotSupported: 0x0f,
  KeyFormatTypeNotSupported: 0x10,
  KeyCompressionTypeNotSupported: 0x11,
  EncodingOptionError: { code: 0x12, since: v1_1 },
  GeneralFailure: 0x100,
});

/** Query Function. KMIP 1.1 §9.1.3.2.24. */
export const queryFunction = enumeration("QueryFunction", {
  QueryOperations: 1,
  QueryObjects: 2,
  QueryServerInformation: 3,
  QueryApplicationNamespaces: 4,
  QueryExtensionList: { code: 5, since: v1_1 },
  QueryExtensionMap: { code: 6, since: v1_1 },
});

/** Batch Error Continuation Option. KMIP 1.1 §9.1.3.2.30. */
export const batchErrorContinuationOption = enumeration("BatchErrorContinuationOption", {
  Continue: 1,
  Stop: 2,
  Undo: 3,
});

/** Credential Type. KMIP 1.1 §9.1.3.2.1. */
export const credentialType = enumeration("CredentialType", {
  UsernameAndPassword: 1,
  Device: { code: 2, since: v1_1 },
});
