import { posix } from "node:path";
import { readStatements, type Statement } from "./statements.ts";

/** One name that a package gives out. */
export interface Exported {
  readonly name: string;
  /** As the compiler writes it, without `export` and `declare`; overloads one below the other. */
  readonly signature: string;
  readonly comment: string;
}

/** Gives the text of a declaration file by its path. */
export type ReadFile = (path: string) => string;

/** What a declaration file exports, in the order in which it does, whatever files it takes it from. */
export function exportsOf(path: string, read: ReadFile): readonly Exported[] {
  const statements = readStatements(read(path));
  return statements.flatMap(({ text, comment }) => {
    const from = /\bfrom "(.+)";$/.exec(text)?.[1];
    const file = from === undefined ? path : posix.join(posix.dirname(path), declarations(from));
    const namespace = /^export \* as (\w+)/.exec(text)?.[1];
    if (namespace !== undefined) return [namespaceOf(namespace, exportsOf(file, read))];
    if (/^export (type )?\* from/.test(text)) return exportsOf(file, read);
    const names = /^export (?:type )?\{(.*?)\}/s.exec(text)?.[1];
    if (names !== undefined) return renamed(names, declared(file, read));
    return text.startsWith("export ") ? declaredIn([{ text, comment }]) : [];
  });
}

function declarations(specifier: string): string {
  return specifier.replace(/\.[jt]s$/, ".d.ts");
}

/** What a file declares, and what it passes on from others. */
function declared(path: string, read: ReadFile): readonly Exported[] {
  const statements = readStatements(read(path));
  const passedOn = statements.some(({ text }) => /^export .*\bfrom "/s.test(text));
  return [...declaredIn(statements), ...(passedOn ? exportsOf(path, read) : [])];
}

function namespaceOf(name: string, members: readonly Exported[]): Exported {
  const names = members.map((member) => `\`${member.name}\``).join(", ");
  return { name, signature: `namespace ${name}`, comment: `Holds ${names}.` };
}

/** The declarations with the names of `a, type b, c as d`. Throws Error for a name that is not among them. */
function renamed(names: string, all: readonly Exported[]): readonly Exported[] {
  const wanted = names.split(",").map((each) => each.trim().replace(/^type /, ""));
  return wanted.filter(Boolean).map((each) => {
    const [inner = "", outer = inner] = each.split(" as ");
    const found = all.find(({ name }) => name === inner);
    if (found === undefined) throw new Error(`no declaration of ${inner}`);
    return { ...found, name: outer };
  });
}

const declaration =
  /^(?:export )?(?:declare )?(?:abstract )?(?:function\*?|const|class|interface|type) ([\w$]+)/;

function declaredIn(statements: readonly Statement[]): readonly Exported[] {
  const found = new Map<string, Exported>();
  for (const { text, comment } of statements) {
    const name = declaration.exec(text)?.[1];
    if (name === undefined) continue;
    const signature = signatureOf(text);
    const before = found.get(name);
    found.set(
      name,
      before === undefined
        ? { name, signature, comment }
        : { ...before, signature: `${before.signature}\n${signature}` },
    );
  }
  return [...found.values()];
}

/** The most lines that an inferred type is shown with; beyond that its comment has to do. */
const inferredLinesMax = 24;

function signatureOf(text: string): string {
  const plain = text
    .replace(/^export /, "")
    .replace(/^declare /, "")
    .replace(/import\("[^"]+"\)\./g, "")
    .replace(/^ +#private;\n/gm, "");
  const isLong = plain.split("\n").length > inferredLinesMax;
  return isLong ? plain.replace(/^(const [\w$]+):.*$/s, "$1: …;") : plain;
}
