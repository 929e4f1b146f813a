/** Something that breaks a rule, where it stands, and why the rule is there. */
export interface Fault {
  /** From the root, with slashes. */
  readonly path: string;
  readonly line: number;
  readonly text: string;
  readonly because: string;
}

/** One line a fault: `packages/ttlv/src/item.ts:3: imports node:fs (it knows bytes …)`. */
export function faultLine({ path, line, text, because }: Fault): string {
  return `${path}:${line}: ${text} (${because})`;
}
