import * as model from "@akm/kmip-model";
import type { Structure, Type } from "@akm/ttlv";

/** A declaration that round-trips: its name in failures, and its type. */
export interface Schema {
  readonly name: string;
  readonly type: Type<unknown>;
}

const structures: readonly Schema[] = Object.entries(model)
  .filter((entry): entry is [string, Structure<never>] => isStructure(entry[1]))
  .map(([name, type]) => ({ name, type }));

const payloads: readonly Schema[] = Object.values(model.operations).flatMap(
  ({ name, request, response }) => [
    { name: `${name} request`, type: request as Type<unknown> },
    { name: `${name} response`, type: response as Type<unknown> },
  ],
);

/** Every structure that the package exports, and both payloads of every operation. */
export const schemas: readonly Schema[] = [...structures, ...payloads];

function isStructure(value: unknown): boolean {
  return typeof value === "object" && value !== null && "fields" in value && "read" in value;
}
