export { compareIds } from "./compare-ids.ts";
export { copyKey, copyObject, copyRecord } from "./copy.ts";
export { StoreError, type StoreErrorCode } from "./error.ts";
export { createMemoryStore, type MemoryStore } from "./memory-store.ts";
export type * from "./store.ts";
