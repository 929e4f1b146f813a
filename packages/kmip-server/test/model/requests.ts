// Requests and answers as the model knows them. In a step, what hangs on the world at that moment (an identifier, a
// date) stands as a mark; `settle` puts the real thing in its place.

/** An attribute as a request names it. */
export interface Given {
  readonly name: string;
  readonly index?: number;
  readonly value: unknown;
}

/** A Template-Attribute: names of templates, and attributes. */
export interface Wanted {
  readonly templates: readonly string[];
  readonly attributes: readonly Given[];
}

/** A key that a client brings. */
export interface BroughtKey {
  readonly format: "Raw" | "TransparentSymmetricKey" | "Opaque" | "PKCS_1";
  readonly bytes: Uint8Array;
  readonly algorithm?: string;
  readonly length?: number;
  readonly compressed?: boolean;
  readonly wrapped?: boolean;
  /** Attributes inside the Key Value. */
  readonly inside?: boolean;
}

/** An identifier, or none: then the ID Placeholder stands for it. */
interface OnObject {
  readonly id?: string;
}

/** One request. */
export type Request =
  | { readonly op: "Create"; readonly objectType: string; readonly wanted: Wanted }
  | {
      readonly op: "Register";
      readonly objectType: string;
      readonly wanted: Wanted;
      readonly key?: BroughtKey;
      readonly contents?: readonly Given[];
    }
  | (OnObject & { readonly op: "ReKey"; readonly offset?: number; readonly wanted?: Wanted })
  | {
      readonly op: "Locate";
      readonly filters: readonly Given[];
      /** The filters stand in a Template-Attribute. */
      readonly enclosed?: boolean;
      readonly maximum?: number;
      readonly skip?: number;
      readonly storage?: readonly string[];
      readonly member?: string;
    }
  | (OnObject & { readonly op: "Check"; readonly mask?: readonly string[] })
  | (OnObject & {
      readonly op: "Get";
      readonly format?: string;
      readonly compressed?: boolean;
      readonly wrapped?: boolean;
    })
  | (OnObject & { readonly op: "GetAttributes"; readonly names: readonly string[] })
  | (OnObject & { readonly op: "GetAttributeList" })
  | (OnObject & { readonly op: "AddAttribute"; readonly given: Given })
  | (OnObject & { readonly op: "ModifyAttribute"; readonly given: Given })
  | (OnObject & { readonly op: "DeleteAttribute"; readonly name: string; readonly index?: number })
  | (OnObject & { readonly op: "Activate" })
  | (OnObject & {
      readonly op: "Revoke";
      readonly code: string;
      readonly text?: string;
      readonly occurred?: bigint;
    })
  | (OnObject & { readonly op: "Destroy" })
  | { readonly op: "Query"; readonly functions: readonly string[] }
  | { readonly op: "DiscoverVersions"; readonly versions: readonly Version[] };

/** A request by its operation. */
export type RequestTo<Op extends Request["op"]> = Extract<Request, { op: Op }>;

/** Major and minor number. */
export type Version = readonly [number, number];

/** A message: who asks, how, and what. */
export interface Message {
  readonly version: Version;
  readonly maximumResponseSize?: number;
  readonly continuation?: "Continue" | "Stop" | "Undo";
  readonly batchOrder?: boolean;
  /** A fault of the message as a whole. */
  readonly fault?: "count" | "same id" | "no id" | "credential";
  readonly items: readonly Request[];
}

/**
 * Something that only the world can tell: an identifier, counted from the newest object, a date from now, the automatic
 * name of a key.
 */
export type Mark =
  | { readonly mark: "id"; readonly of: number; readonly among: "living" | "all" | "none" }
  | { readonly mark: "date"; readonly seconds: number }
  | { readonly mark: "automatic name"; readonly of: number };

/** What a mark stands for. */
export type Settle = (mark: Mark) => unknown;

/** The value with real things in the place of marks. */
export function settle<T>(value: T, put: Settle): T {
  if (value === null || typeof value !== "object" || value instanceof Uint8Array) return value;
  if ("mark" in value) return put(value as unknown as Mark) as T;
  if (Array.isArray(value)) return value.map((one) => settle(one, put)) as T;
  const entries = Object.entries(value).map(([key, one]) => [key, settle(one, put)]);
  return Object.fromEntries(entries.filter(([, one]) => one !== undefined)) as T;
}
