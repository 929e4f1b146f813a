import type { OperationName } from "@akm/kmip-model";
import type { Handler } from "../handler.ts";
import { activate } from "./activate.ts";
import { addAttribute } from "./add-attribute.ts";
import { check } from "./check.ts";
import { create } from "./create.ts";
import { deleteAttribute } from "./delete-attribute.ts";
import { destroy } from "./destroy.ts";
import { discoverVersions } from "./discover-versions.ts";
import { get } from "./get.ts";
import { getAttributeList } from "./get-attribute-list.ts";
import { getAttributes } from "./get-attributes.ts";
import { locate } from "./locate.ts";
import { modifyAttribute } from "./modify-attribute.ts";
import { query } from "./query.ts";
import { reKey } from "./re-key.ts";
import { register } from "./register.ts";
import { revoke } from "./revoke.ts";

/** What this server does: an operation that is not here is not offered. */
export const handlers = {
  Activate: activate,
  AddAttribute: addAttribute,
  Check: check,
  Create: create,
  DeleteAttribute: deleteAttribute,
  Destroy: destroy,
  DiscoverVersions: discoverVersions,
  Get: get,
  GetAttributeList: getAttributeList,
  GetAttributes: getAttributes,
  Locate: locate,
  ModifyAttribute: modifyAttribute,
  Query: query,
  ReKey: reKey,
  Register: register,
  Revoke: revoke,
} as const satisfies Partial<Record<OperationName, Handler>>;

/** The names of the operations that have a handler. */
export const offeredOperations = Object.keys(handlers) as readonly OperationName[];
