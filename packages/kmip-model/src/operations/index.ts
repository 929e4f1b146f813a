import type { OperationDeclaration } from "../operation.ts";
import { Activate } from "./activate.ts";
import { AddAttribute } from "./add-attribute.ts";
import { Check } from "./check.ts";
import { Create } from "./create.ts";
import { DeleteAttribute } from "./delete-attribute.ts";
import { Destroy } from "./destroy.ts";
import { DiscoverVersions } from "./discover-versions.ts";
import { Get } from "./get.ts";
import { GetAttributeList } from "./get-attribute-list.ts";
import { GetAttributes } from "./get-attributes.ts";
import { Locate } from "./locate.ts";
import { ModifyAttribute } from "./modify-attribute.ts";
import * as notOffered from "./not-offered.ts";
import { Query } from "./query.ts";
import { ReKey } from "./re-key.ts";
import { Register } from "./register.ts";
import { Revoke } from "./revoke.ts";

/** The registry: the thirty operations of KMIP 1.1 by name, in the order of their codes. What is not here does not exist. */
export const operations = {
  Create,
  CreateKeyPair: notOffered.CreateKeyPair,
  Register,
  ReKey,
  DeriveKey: notOffered.DeriveKey,
  Certify: notOffered.Certify,
  ReCertify: notOffered.ReCertify,
  Locate,
  Check,
  Get,
  GetAttributes,
  GetAttributeList,
  AddAttribute,
  ModifyAttribute,
  DeleteAttribute,
  ObtainLease: notOffered.ObtainLease,
  GetUsageAllocation: notOffered.GetUsageAllocation,
  Activate,
  Revoke,
  Destroy,
  Archive: notOffered.Archive,
  Recover: notOffered.Recover,
  Validate: notOffered.Validate,
  Query,
  Cancel: notOffered.Cancel,
  Poll: notOffered.Poll,
  Notify: notOffered.Notify,
  Put: notOffered.Put,
  ReKeyKeyPair: notOffered.ReKeyKeyPair,
  DiscoverVersions,
} as const satisfies Record<string, OperationDeclaration>;
