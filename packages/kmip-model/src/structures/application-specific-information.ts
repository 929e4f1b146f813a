import { optional, required, structure, textString, type ValueOf } from "@akm/ttlv";
import { tags } from "../tags.ts";

/** Data of an application, under a name space. The server may make up data that is left out. KMIP 1.1 §3.36. */
export const applicationSpecificInformation = structure({
  applicationNamespace: required(tags.ApplicationNamespace, textString),
  applicationData: optional(tags.ApplicationData, textString),
});

/** A name space and its data. */
export type ApplicationSpecificInformation = ValueOf<typeof applicationSpecificInformation>;
