import { readdirSync, readFileSync } from "node:fs";

/**
 * Memory of a process and of all that it started, in KiB. What they share is counted once: the sum of the resident sizes
 * would hold PostgreSQL's buffers once for each connection. Linux only, as root or the same user.
 */
export function memoryKiBOf(pid: number): number {
  return familyOf(pid).reduce((sum, each) => sum + proportionalKiB(each), 0);
}

/** Memory that a process alone has, in KiB, without its children. */
export function proportionalKiB(pid: number): number {
  const [, pss] = /^Pss:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/smaps_rollup`)) ?? [];
  return Number(pss ?? 0);
}

function familyOf(pid: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    const [, parent] = /^PPid:\s+(\d+)$/m.exec(read(`/proc/${name}/status`)) ?? [];
    const siblings = children.get(Number(parent)) ?? [];
    children.set(Number(parent), [...siblings, Number(name)]);
  }
  const below = (one: number): readonly number[] => [
    one,
    ...(children.get(one) ?? []).flatMap(below),
  ];
  return below(pid);
}

/** Nothing where the process is gone. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
