import type { Attributes, Name, operations, RequestOf, ResponseOf } from "@akm/kmip-model";
import type { AttributeFilters, AttributesInput } from "./attributes-input.ts";
import type { Seconds } from "./seconds.ts";
import type { SymmetricKey, SymmetricKeyInput } from "./symmetric-key.ts";

type Declarations = typeof operations;

/** The operations that can be asked for: those whose payloads are declared. */
export type AskedOperation = {
  [O in keyof Declarations]: keyof RequestOf<Declarations[O]> extends never ? never : O;
}[keyof Declarations];

/** A request payload as declared. */
export type RawRequest<O extends AskedOperation> = RequestOf<Declarations[O]>;

/** A response payload as declared. */
export type RawResponse<O extends AskedOperation> = ResponseOf<Declarations[O]>;

/**
 * A request payload as the methods take it: what is declared, with `attributes` for attribute structures, `templates`
 * for the names of templates, `SymmetricKeyInput` for a Key Block, a `Date` for any date, and no empty lists.
 */
export type MethodRequest<O extends AskedOperation> = FriendlyRequest<RawRequest<O>>;

/** A response payload as the methods give it: `Attributes` for attribute structures, `SymmetricKey` for a Key Block. */
export type MethodResponse<O extends AskedOperation> = FriendlyResponse<RawResponse<O>>;

/** The members that have a shape of their own here. */
type Reshaped = "templateAttribute" | "attribute" | "symmetricKey" | "template";

type Lists<P> = { [K in keyof P]-?: P[K] extends readonly unknown[] ? K : never }[keyof P];

type Flat<T> = { [K in keyof T]: T[K] };

type FriendlyRequest<P> = Flat<
  {
    readonly [K in keyof P as Exclude<K, Reshaped | Lists<P>>]: K extends `${string}Date`
      ? P[K] | Seconds
      : P[K];
  } & { readonly [K in Exclude<Lists<P>, Reshaped>]?: P[K] } & AttributesOfRequest<P> &
    ("symmetricKey" extends keyof P
      ? {
          readonly symmetricKey?: SymmetricKeyInput;
          readonly template?: { readonly attributes: AttributesInput };
        }
      : unknown)
>;

type AttributesOfRequest<P> = P extends { readonly attribute: infer A }
  ? A extends readonly unknown[]
    ? { readonly attributes?: AttributeFilters }
    : { readonly attribute: AttributesInput; readonly attributeIndex?: number }
  : "templateAttribute" extends keyof P
    ? { readonly attributes?: AttributesInput; readonly templates?: readonly (string | Name)[] }
    : unknown;

type FriendlyResponse<P> = Flat<
  { readonly [K in keyof P as Exclude<K, Reshaped>]: P[K] } & AttributesOfResponse<P> &
    ("symmetricKey" extends keyof P
      ? {
          readonly symmetricKey?: SymmetricKey;
          readonly template?: { readonly attributes: Attributes };
        }
      : unknown)
>;

type AttributesOfResponse<P> = P extends { readonly attribute: infer A }
  ? A extends readonly unknown[]
    ? { readonly attributes: Attributes }
    : { readonly attribute: Attributes; readonly attributeIndex?: number }
  : "templateAttribute" extends keyof P
    ? { readonly attributes?: Attributes }
    : unknown;
