import { attributes, KmipError, operations, type RequestOf, type State } from "@akm/kmip-model";
import { handle } from "../handler.ts";
import { type AttributeSet, one } from "../object/attribute-set.ts";
import { stateAt } from "../object/lifecycle.ts";

type UsageMask = NonNullable<RequestOf<typeof operations.Check>["cryptographicUsageMask"]>;

/**
 * Tells whether a key may be used in the way that is asked. The denial is the one failure with a payload: the mask that
 * was denied. Lease Time and Usage Limits Count are accepted, since nothing limits them here. KMIP 1.1 §4.10.
 */
export const check = handle(operations.Check, "object", async (request, { objects, now, fail }) => {
  const object = await objects.find(request.uniqueIdentifier);
  if (object.objectType === "Template") fail("IllegalOperation", "a template cannot be checked");
  const { cryptographicUsageMask = [] } = request;
  const why = denialOf(object.attributes, cryptographicUsageMask, now);
  if (why !== undefined) {
    const refusal = new KmipError("PermissionDenied", why);
    return { response: { cryptographicUsageMask }, refusal, placeholder: null, about: object };
  }
  return { response: { uniqueIdentifier: object.id }, about: object };
});

/** What is done to data that was protected before. KMIP 1.1 §3.25. */
const processing: ReadonlySet<string> = new Set([
  "Verify",
  "Decrypt",
  "UnwrapKey",
  "MACVerify",
  "ValidateCryptogram",
  "TranslateDecrypt",
  "TranslateUnwrap",
] satisfies UsageMask[number][]);

function denialOf(set: AttributeSet, asked: UsageMask, now: bigint): string | undefined {
  const allowed = one(set, attributes.cryptographicUsageMask) ?? [];
  const state = stateAt(set, now);
  for (const use of asked) {
    if (!allowed.includes(use)) return `the key's Cryptographic Usage Mask does not have ${use}`;
    if (state === "PreActive") return `the key is Pre-Active: no ${use} yet`;
    const why = processing.has(use)
      ? processingDenial(set, now)
      : protectionDenial(set, state, now);
    if (why !== undefined) return `${use}: ${why}`;
  }
  return undefined;
}

function processingDenial(set: AttributeSet, now: bigint): string | undefined {
  const start = one(set, attributes.processStartDate);
  return start !== undefined && now < start ? "the Process Start Date has not come" : undefined;
}

function protectionDenial(set: AttributeSet, state: State, now: bigint): string | undefined {
  if (state !== "Active") return `the key is ${state}`;
  const stop = one(set, attributes.protectStopDate);
  return stop !== undefined && now > stop ? "the Protect Stop Date is past" : undefined;
}
