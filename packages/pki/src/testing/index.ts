export type { CertificateExtensions } from "../extensions.ts";
export { type IssueRequest, issue } from "../issue.ts";
export type { SubjectPart } from "../subject.ts";
export type { Validity } from "../validity.ts";
export type { Oddity } from "./odd.ts";
export { makePki, type TestPki } from "./pki.ts";
