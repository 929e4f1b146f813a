export { runCommandLine } from "./command/run.ts";
export type { Surroundings } from "./command/surroundings.ts";
export { Failure, type FailureKind } from "./failure.ts";
export { type Case, readCases, type Step, type Version, versions } from "./play/case.ts";
export type { Difference } from "./play/difference.ts";
export { casesAt, ownCases } from "./play/folder.ts";
export { playCase } from "./play/play.ts";
export type { PlayedCase, PlayedStep, Players, Send } from "./play/played.ts";
export type { CategoryName } from "./report/categories.ts";
export {
  type Claims,
  type Coverage,
  coverageOf,
  type Fraction,
  fractionOf,
  type Subject,
  unseenClaims,
} from "./report/coverage.ts";
export { markdownPage } from "./report/markdown.ts";
export { htmlPage } from "./report/page.ts";
export type { ProbeResult } from "./report/probes.ts";
export {
  type Report,
  type ReportedCase,
  type ReportInput,
  reportOf,
  type SummaryRow,
} from "./report/report.ts";
export { akmClaims } from "./verdict/akm-claims.ts";
export { akmGuide } from "./verdict/akm-guide.ts";
export type { Applicability, Deviation, Profile } from "./verdict/applicability.ts";
export {
  type ExpectedFailures,
  faultsOf,
  readExpectedFailures,
} from "./verdict/expected-failures.ts";
export { type Finding, judge, judgeAsPublished, untilOf, type Verdict } from "./verdict/judge.ts";
export { type Playing, playCases, type Result } from "./verdict/result.ts";
export { type Pattern, patternOf, patternOfItem, writePattern } from "./xml/pattern.ts";
export { escapeXml, readXml, type XmlDocument, type XmlElement } from "./xml/read-xml.ts";
