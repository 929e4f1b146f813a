import type { Difference } from "../play/difference.ts";

/** An answer in which a server of a profile must differ from a case. */
export interface Deviation extends Pick<Difference, "path"> {
  /** The step's label. */
  readonly step: string;
  /** What the server has there; a text that ends in `…` stands for all that begin like it. */
  readonly answer: string;
}

/** What a case is to a server of a profile. */
export type Applicability =
  /** It must pass as it is. */
  | { readonly class: "passes" }
  /** It must answer otherwise, here and nowhere else; the steps after `until` cannot be played. */
  | {
      readonly class: "deviates";
      readonly deviations: readonly Deviation[];
      readonly until?: string;
      readonly because: string;
    }
  /** It must refuse the first failing item of a step; the steps after that are not played. */
  | {
      readonly class: "refused";
      readonly step: string;
      readonly reason: string;
      readonly because: string;
      readonly deviations?: readonly Deviation[];
    };

/** What each case is to a server of one kind, by the case's name; a case that is not listed must pass. */
export type Profile = Readonly<Record<string, Applicability>>;
