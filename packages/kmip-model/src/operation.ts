import { type Fields, type StructureValue, structure, type Type, type ValueOf } from "@akm/ttlv";
import type { operation as operationEnumeration } from "./enumerations/index.ts";
import type { ResultReason } from "./kmip-error.ts";
import { type Edition, v1_0 } from "./version.ts";

/** Reasons that every operation may give, beside its own. KMIP 1.1 §11.1. */
export const generalReasons = [
  "InvalidMessage",
  "InvalidField",
  "PermissionDenied",
  "ResponseTooLarge",
  "OperationNotSupported",
  "FeatureNotSupported",
  "GeneralFailure",
] as const satisfies readonly ResultReason[];

/** The name of an operation. KMIP 1.1 §9.1.3.2.27. */
export type OperationName = ValueOf<typeof operationEnumeration>;

/** A payload: the type of its values, and its fields for whoever derives something from them. */
export type PayloadType<Payload> = Type<Payload> & { readonly fields: Fields };

/** One operation: its payloads, its reasons, its source. Dispatch, client method and docs follow from it. */
export interface OperationDeclaration<
  Request = unknown,
  Response = unknown,
  Reason extends ResultReason = ResultReason,
> {
  readonly name: OperationName;
  readonly code: number;
  readonly since: Edition;
  readonly spec: string;
  readonly summary: string;
  readonly request: PayloadType<Request>;
  readonly response: PayloadType<Response>;
  /** Its own reasons, beside `generalReasons`. KMIP 1.1 §11. */
  readonly fails: readonly Reason[];
  /** Unknown fields are refused at every version: a filter must not vanish. */
  readonly strict: boolean;
  /** Whether the payloads are declared; an operation without them can be named and refused, not asked for. */
  readonly payloads: boolean;
}

/** What is said of an operation; versions and strictness where they are not the usual ones. */
type Declared<Request extends Fields, Response extends Fields, Reason extends ResultReason> = {
  readonly name: OperationName;
  readonly code: number;
  readonly since?: Edition;
  readonly spec: string;
  readonly summary: string;
  readonly request: Request;
  readonly response: Response;
  readonly fails: readonly Reason[];
  readonly strict?: boolean;
};

/** Declares an operation with its payloads, whose fields stand in the order of the wire. */
export function operation<
  Request extends Fields,
  Response extends Fields,
  const Reason extends ResultReason,
>(
  declared: Declared<Request, Response, Reason>,
): OperationDeclaration<StructureValue<Request>, StructureValue<Response>, Reason> {
  return {
    since: v1_0,
    strict: false,
    ...declared,
    payloads: true,
    request: structure(declared.request),
    response: structure(declared.response),
  };
}

/** Declares an operation by name alone: this server refuses it. */
export function operationWithoutPayloads(
  declared: Pick<OperationDeclaration, "name" | "code" | "spec" | "summary"> & {
    readonly since?: Edition;
  },
): OperationDeclaration<Record<never, never>, Record<never, never>, never> {
  const nothing = structure({});
  return {
    since: v1_0,
    ...declared,
    strict: false,
    payloads: false,
    request: nothing,
    response: nothing,
    fails: [],
  };
}

/** The request payload of a declaration. */
export type RequestOf<Declaration> = Declaration extends { request: Type<infer R> } ? R : never;

/** The response payload of a declaration. */
export type ResponseOf<Declaration> = Declaration extends { response: Type<infer R> } ? R : never;

/** The reasons that an operation may give. */
export type ReasonOf<Declaration> =
  | (Declaration extends { fails: readonly (infer R extends ResultReason)[] } ? R : never)
  | (typeof generalReasons)[number];
