import {
  metadataTags,
  type OperationName,
  operations,
  type RequestOf,
  type ResponseOf,
} from "@akm/kmip-model";
import { itemTypes } from "@akm/ttlv";
import { type Context, handle } from "../handler.ts";

type Answer = ResponseOf<typeof operations.Query>;
type QueryFunction = RequestOf<typeof operations.Query>["queryFunction"][number];

const nothing: Answer = {
  operation: [],
  objectType: [],
  applicationNamespace: [],
  extensionInformation: [],
};

/** Tells what the server offers, and only what was asked for. KMIP 1.1 §4.25. */
export const query = handle(operations.Query, "nothing", async ({ queryFunction }, context) => ({
  response: Object.assign({}, nothing, ...queryFunction.map((asked) => answerTo(asked, context))),
}));

/** No Application Namespace and no Server Information has a value here; unknown functions give nothing. */
function answerTo(asked: QueryFunction, context: Context): Partial<Answer> {
  switch (asked) {
    case "QueryOperations":
      return { operation: offeredAt(context) };
    case "QueryObjects":
      return { objectType: ["SymmetricKey", "Template"] };
    case "QueryServerInformation":
      return { vendorIdentification: context.policy.vendorIdentification };
    case "QueryExtensionList":
      return { extensionInformation: extensions(false) };
    case "QueryExtensionMap":
      return { extensionInformation: extensions(true) };
    default:
      return {};
  }
}

/** The operations that have a handler, by code, without those newer than the request's version. */
function offeredAt({ offered, edition }: Context): OperationName[] {
  return offered
    .filter((name) => operations[name].since <= edition)
    .sort((left, right) => operations[left].code - operations[right].code);
}

/** The tags of y-Metadata; with tag and type in the map. KMIP 1.1 §2.1.9. */
function extensions(mapped: boolean): Answer["extensionInformation"] {
  return [...metadataTags].map(([field, extensionTag]) => ({
    extensionName: `y-Metadata ${field.slice("field".length)}`,
    ...(mapped ? { extensionTag, extensionType: itemTypes.TextString } : {}),
  }));
}
