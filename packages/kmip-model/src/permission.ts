import { always, type Condition } from "./conditions.ts";

/** Who may do a thing to an attribute, and when. Nobody means: only the server, by its own operations. */
export type Permission<T = unknown> =
  | { readonly by: "nobody" }
  | { readonly by: "client" | "owner"; readonly when: Condition<T> };

/** Only the server's own operations do it. */
export const nobody: Permission = { by: "nobody" };

/** Every client that has access to the object, while the condition holds. */
export function byClient<T>(when: Condition<T> = always): Permission<T> {
  return { by: "client", when };
}

/** The object's owner and administrators only. */
export function byOwner<T>(when: Condition<T> = always): Permission<T> {
  return { by: "owner", when };
}
