export { arbitrary } from "./arbitrary.ts";
export { hex } from "./hex.ts";
export { flipBits, splice } from "./mutate.ts";
export { sameItems } from "./same-items.ts";
