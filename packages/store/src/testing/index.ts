export { type Misbehaviour, type StoreCall, unreliable } from "./unreliable.ts";
