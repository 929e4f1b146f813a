import { KmipError } from "@akm/kmip-model";
import type { AccessChange, ObjectSummary } from "@akm/kmip-server";
import { Failure } from "../failure.ts";
import type { Perform } from "./act.ts";

/** What can be done with keys. */
export interface KeyActs {
  readonly "key list": { readonly argument: null; readonly result: readonly ObjectSummary[] };
  readonly "key show": {
    readonly argument: { readonly id: string };
    readonly result: ObjectSummary;
  };
  readonly "key grant": { readonly argument: AccessChange; readonly result: ObjectSummary };
  readonly "key ungrant": { readonly argument: AccessChange; readonly result: ObjectSummary };
}

/** Does them. */
export const keyActs: { readonly [Name in keyof KeyActs]: Perform<KeyActs[Name]> } = {
  async "key list"(_, { administration }) {
    const listed: ObjectSummary[] = [];
    for await (const page of administration.list()) listed.push(...page);
    return listed;
  },

  async "key show"({ id }, { administration }) {
    const found = await administration.find(id);
    if (found === undefined)
      throw new Failure("refused", `there is no object ${id}: akm key list shows them`);
    return found;
  },
  "key grant": (change, { administration }) => refusing(() => administration.grant(change)),
  "key ungrant": (change, { administration }) => refusing(() => administration.ungrant(change)),
};

/** What KMIP would refuse is the asker's to mend. */
async function refusing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof KmipError
      ? new Failure("refused", error.message, { cause: error })
      : error;
  }
}
