import { tags } from "@akm/kmip-model";
import { Failure } from "../failure.ts";
import { type Pattern, patternOf } from "../xml/pattern.ts";
import { readXml, type XmlElement } from "../xml/read-xml.ts";

/** The versions that cases are played at. */
export const versions = ["1.0", "1.1"] as const;

/** A version that cases are played at. */
export type Version = (typeof versions)[number];

/** A request and the answer to it. */
export interface Step {
  /** The published cases number their steps from 0: `# TIME 3`. */
  readonly label: string;
  /** Who sends it: `A` unless a mark says otherwise. */
  readonly client: string;
  /** Sent again until the answer is the expected one: a mark on the step before says so. */
  readonly isAwaited: boolean;
  readonly request: Pattern;
  readonly response: Pattern;
}

/** One conversation at one version. */
export interface Case {
  /** Unique: `TC-311-10`, `operations/create@1.1`. */
  readonly name: string;
  readonly version: Version;
  /** What it is about, in the file's own words. */
  readonly about: string;
  readonly steps: readonly Step[];
}

interface Marks {
  label: string;
  client: string;
  isRepeated: boolean;
}

/**
 * Reads the cases of a file: one, or one for each version where its messages have no headers of their own (then they
 * get the ordinary ones). Marks between the messages are those of the published cases: `# TIME n`, `# [Client-B]`,
 * `# [REPEAT] …`; `# SINCE 1.1` leaves the older version out.
 *
 * @param name  of the file, without its ending
 * @throws Failure `case`
 */
export function readCases(name: string, text: string): readonly Case[] {
  const { root, comments } = reading(name, () => readXml(text));
  if (root.name !== "KMIP")
    throw new Failure("case", `${name}: <${root.name}> where <KMIP> belongs`);
  const about = (comments[0] ?? "").replace(/\s+/g, " ");
  const own = ownVersion(root);
  if (own !== undefined) {
    return [
      {
        name: publishedName(name),
        version: own,
        about,
        steps: reading(name, () => stepsOf(root, own)),
      },
    ];
  }
  const isNewer = root.children.some(
    (each) => typeof each === "string" && /^# SINCE 1\.1$/m.test(each),
  );
  return versions.slice(isNewer ? 1 : 0).map((version) => {
    const steps = reading(name, () => stepsOf(root, version));
    return { name: `${name}@${version}`, version, about, steps };
  });
}

function reading<Result>(name: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(error.kind, `${name}: ${error.message}`, { cause: error });
  }
}

/** `TC_311_10_Create_Destroy` is known as TC-311-10; one case has a second, unencrypted, edition. */
function publishedName(name: string): string {
  const [, id, title = ""] = /(?:^|\/)(TC_\w+?_1[01])_([^/]*)$/.exec(name) ?? [];
  if (id === undefined) return name;
  return `${id.replaceAll("_", "-")}${title.endsWith("_Unencrypted") ? "-UNENC" : ""}`;
}

function ownVersion(root: XmlElement): Version | undefined {
  const message = root.children.find((child) => typeof child !== "string");
  const header = child(message, "RequestHeader");
  const minor = child(child(header, "ProtocolVersion"), "ProtocolVersionMinor")?.attributes[
    "value"
  ];
  return versions.find((version) => version === `1.${minor}`);
}

function child(parent: XmlElement | string | undefined, name: string): XmlElement | undefined {
  if (parent === undefined || typeof parent === "string") return undefined;
  const found = parent.children.find((each) => typeof each !== "string" && each.name === name);
  return found as XmlElement | undefined;
}

function stepsOf(root: XmlElement, version: Version): readonly Step[] {
  const steps: Step[] = [];
  const marks: Marks = { label: "", client: "A", isRepeated: false };
  let request: Pattern | undefined;
  let isAwaited = false;
  for (const each of root.children) {
    if (typeof each === "string") {
      takeMarks(each, marks);
      continue;
    }
    const message = patternOf(withHeader(each, version));
    if (request === undefined) {
      if (message.tag !== tags.RequestMessage)
        throw new Failure("case", "an answer without a request");
      request = message;
      continue;
    }
    if (message.tag !== tags.ResponseMessage)
      throw new Failure("case", "a request without an answer");
    const { label, client, isRepeated } = marks;
    steps.push({
      label: label || String(steps.length),
      client,
      isAwaited,
      request,
      response: message,
    });
    request = undefined;
    isAwaited = isRepeated;
    Object.assign(marks, { label: "", client: "A", isRepeated: false });
  }
  if (request !== undefined) throw new Failure("case", "the last request has no answer");
  return steps;
}

function takeMarks(text: string, marks: Marks): void {
  const [, label] = /^# TIME (\S+)/m.exec(text) ?? [];
  const [, client] = /^# \[Client-([A-Z])\]/m.exec(text) ?? [];
  if (label !== undefined) marks.label = label;
  if (client !== undefined) marks.client = client;
  if (/^# \[REPEAT\]/m.test(text)) marks.isRepeated = true;
}

/** The message with the ordinary header of its kind, where it has none. */
function withHeader(message: XmlElement, version: Version): XmlElement {
  const isRequest = message.name === "RequestMessage";
  const name = isRequest ? "RequestHeader" : "ResponseHeader";
  if (message.name === "KMIP" || child(message, name) !== undefined) return message;
  const [major = "", minor = ""] = version.split(".");
  const stamp = isRequest ? [] : [scalar("TimeStamp", "DateTime", "$NOW")];
  const header = structure(name, [
    structure("ProtocolVersion", [
      scalar("ProtocolVersionMajor", "Integer", major),
      scalar("ProtocolVersionMinor", "Integer", minor),
    ]),
    ...stamp,
    scalar("BatchCount", "Integer", String(message.children.length)),
  ]);
  return { ...message, children: [header, ...message.children] };
}

function structure(name: string, children: readonly XmlElement[]): XmlElement {
  return { name, attributes: {}, children };
}

function scalar(name: string, type: string, value: string): XmlElement {
  return { name, attributes: { type, value }, children: [] };
}
