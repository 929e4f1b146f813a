import { type Version, versions } from "../play/case.ts";
import type { Result } from "../verdict/result.ts";
import { type Category, type CategoryName, categories } from "./categories.ts";
import { seenIn } from "./seen.ts";

/** What a server is said to have, by category. */
export type Claims = Readonly<Record<CategoryName, readonly string[]>>;

/** One thing that may be there: at which versions it is defined, and where it was seen. */
export interface Subject {
  readonly name: string;
  readonly isClaimed: boolean;
  /** By version: the first step that showed it, `""` where none did; a version that does not have it is left out. */
  readonly seen: Readonly<Partial<Record<Version, string>>>;
}

/** A category's subjects as they were seen. */
export interface Coverage {
  readonly category: CategoryName;
  readonly title: string;
  readonly subjects: readonly Subject[];
}

/** How much of a category was seen at a version. */
export interface Fraction {
  readonly seen: number;
  readonly defined: number;
  /** Of what is claimed. */
  readonly seenOfClaimed: number;
  readonly claimed: number;
}

/** What the exchanges of a run show of each category. */
export function coverageOf(results: readonly Result[], claims?: Claims): readonly Coverage[] {
  const names = (Object.keys(categories) as CategoryName[]).filter(
    (name) => name !== "vendorAttributes" || claims !== undefined,
  );
  return names.map((name) => {
    const category: Category = categories[name];
    const evidence = evidenceOf(category, results);
    const all = [...new Set(versions.flatMap((version) => category.subjectsAt(version)))];
    const subjects = all.map((subject) => ({
      name: subject,
      isClaimed: claims?.[name].includes(subject) ?? false,
      seen: Object.fromEntries(
        versions
          .filter((version) => category.subjectsAt(version).includes(subject))
          .map((version) => [version, evidence.get(`${version} ${subject}`) ?? ""]),
      ),
    }));
    return { category: name, title: category.title, subjects };
  });
}

/** By version and subject, the first step that shows it. */
function evidenceOf(category: Category, results: readonly Result[]): ReadonlyMap<string, string> {
  const evidence = new Map<string, string>();
  for (const { case: played, steps } of results) {
    for (const step of steps) {
      for (const name of seenIn(step).flatMap((seen) => category.shownBy(seen))) {
        const key = `${played.version} ${name}`;
        if (!evidence.has(key)) evidence.set(key, `${played.name}, step ${step.label}`);
      }
    }
  }
  return evidence;
}

/** The numbers of a category at a version. */
export function fractionOf({ subjects }: Coverage, version: Version): Fraction {
  const defined = subjects.filter(({ seen }) => seen[version] !== undefined);
  const claimed = defined.filter(({ isClaimed }) => isClaimed);
  const count = (some: readonly Subject[]) =>
    some.filter(({ seen }) => seen[version] !== "").length;
  return {
    seen: count(defined),
    defined: defined.length,
    seenOfClaimed: count(claimed),
    claimed: claimed.length,
  };
}

/** What is claimed and was not seen: a line each. */
export function unseenClaims(coverage: readonly Coverage[]): readonly string[] {
  return coverage.flatMap(({ title, subjects }) =>
    subjects
      .filter(({ isClaimed }) => isClaimed)
      .flatMap(({ name, seen }) =>
        versions
          .filter((version) => seen[version] === "")
          .map((version) => `${title}: ${name} was not seen at ${version}`),
      ),
  );
}
