import { type OperationName, operations } from "@akm/kmip-model";

/** The operations that this server offers: those of the guide, whose payloads are declared. AKM guide, chapter 2. */
export const offeredOperations: ReadonlySet<OperationName> = new Set(
  Object.values(operations)
    .filter(({ payloads }) => payloads)
    .map(({ name }) => name),
);
