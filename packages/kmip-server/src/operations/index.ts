import type { OperationName } from "@akm/kmip-model";
import type { Handler } from "../handler.ts";
import { activate } from "./activate.ts";
import { check } from "./check.ts";
import { create } from "./create.ts";
import { destroy } from "./destroy.ts";
import { discoverVersions } from "./discover-versions.ts";
import { get } from "./get.ts";
import { getAttributeList } from "./get-attribute-list.ts";
import { getAttributes } from "./get-attributes.ts";
import { query } from "./query.ts";
import { revoke } from "./revoke.ts";

/** What this server does: an operation that is not here is not offered. */
export const handlers = {
  Activate: activate,
  Check: check,
  Create: create,
  Destroy: destroy,
  DiscoverVersions: discoverVersions,
  Get: get,
  GetAttributeList: getAttributeList,
  GetAttributes: getAttributes,
  Query: query,
  Revoke: revoke,
} as const satisfies Partial<Record<OperationName, Handler>>;
