import type { Fault } from "./fault.ts";
import type { Source } from "./sources.ts";
import { type Package, target } from "./workspace.ts";

/** One fault for each circle of files in a package's `src`, at the import that closes it, be it of types alone. */
export function circleFaults({ src }: Package): Fault[] {
  const files = new Map(src.map((source) => [source.path, source]));
  const done = new Set<string>();
  const faults: Fault[] = [];

  const walk = (source: Source, way: readonly string[]): void => {
    if (done.has(source.path)) return;
    const here = [...way, source.path];
    for (const { specifier, line } of source.imports) {
      const next = files.get(target(source.path, specifier) ?? "");
      if (next === undefined) continue;
      const start = here.indexOf(next.path);
      if (start < 0) walk(next, here);
      else faults.push(circle(source.path, line, [...here.slice(start), next.path]));
    }
    done.add(source.path);
  };

  for (const source of src) walk(source, []);
  return faults;
}

function circle(path: string, line: number, way: readonly string[]): Fault {
  const names = way.map((file) => file.slice(file.indexOf("/src/") + "/src/".length));
  const because = "files that import each other can only be understood, tested and moved together";
  return { path, line, text: `closes the circle ${names.join(" → ")}`, because };
}
