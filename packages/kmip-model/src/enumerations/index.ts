export * from "./cryptography.ts";
export * from "./lifecycle.ts";
export * from "./masks.ts";
export * from "./objects.ts";
export * from "./protocol.ts";
