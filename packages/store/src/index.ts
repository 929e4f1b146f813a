export { compareIds } from "./compare-ids.ts";
export { copyAsRead, copyKey, copyObject, copyRecord } from "./copy.ts";
export { StoreError, type StoreErrorCode } from "./error.ts";
export { createMemoryStore, type MemoryStore } from "./memory-store.ts";
export type * from "./store.ts";
