import { fault, type HttpFault } from "./fault.ts";
import { readFields } from "./fields.ts";

/** What the head of a request says that matters here. */
export interface Head {
  readonly bodyBytes: number;
  /** Whether the client closes behind the answer. */
  readonly isLast: boolean;
  /** Whether the client sends the body only when it is told to. */
  readonly awaitsGoAhead: boolean;
}

const requestLine = /^([!#$%&'*+.^_`|~\w-]+) ([!-~]+) HTTP\/(\d\.\d)$/;
const path = "/kmip";
const mediaType = /^application\/octet-stream *(;|$)/i;

type Fields = ReadonlyMap<string, readonly string[]>;

/**
 * Reads the head of a request, its last empty line left out: `POST /kmip` with a length and nothing that leaves a
 * choice how long the body is. Of two readings that HTTP allows the stricter one holds. RFC 9112 §3, §6.
 *
 * @param bodyBytesMax  the longest body that is still read
 */
export function readHead(text: string, bodyBytesMax: number): Head | HttpFault {
  const [first = "", ...lines] = text.split("\r\n");
  const request = requestLine.exec(first);
  if (request === null) return fault(400, "a request line that is none");
  const fields = readFields(lines);
  if (fields === undefined) return fault(400, "a header field that is none");
  const [, method = "", target = "", version] = request;
  if (version !== "1.1") return fault(505, `HTTP ${version}`);
  return (
    lengthFault(fields) ??
    targetFault(method, target) ??
    contentFault(fields, bodyBytesMax) ?? {
      bodyBytes: Number(fields.get("content-length")?.[0]),
      isLast: listOf(fields, "connection").includes("close"),
      awaitsGoAhead: fields.has("expect"),
    }
  );
}

/** What would let somebody in between see other requests than are seen here. */
function lengthFault(fields: Fields): HttpFault | undefined {
  const lengths = fields.get("content-length") ?? [];
  if (lengths.length > 1) return fault(400, `${lengths.length} Content-Length fields`);
  if (lengths.some((length) => !/^\d{1,15}$/.test(length))) {
    return fault(400, `Content-Length ${quoted(lengths[0])}`);
  }
  if (lengths.length > 0 && fields.has("transfer-encoding")) {
    return fault(400, "Content-Length beside Transfer-Encoding");
  }
  if (fields.get("host")?.length !== 1) return fault(400, "not one Host field");
  return undefined;
}

function targetFault(method: string, target: string): HttpFault | undefined {
  if (target !== path) return fault(404, `target ${quoted(target)}, not ${path}`);
  if (method !== "POST") return fault(405, `method ${quoted(method)}, not POST`);
  return undefined;
}

function contentFault(fields: Fields, bodyBytesMax: number): HttpFault | undefined {
  const [length] = fields.get("content-length") ?? [];
  if (length === undefined) return fault(411, "a request without a Content-Length");
  const types = fields.get("content-type") ?? [];
  if (types.length !== 1 || !mediaType.test(types[0] ?? "")) {
    return fault(415, `Content-Type ${quoted(types.join(", "))}`);
  }
  const expectations = listOf(fields, "expect");
  if (expectations.some((expectation) => expectation !== "100-continue")) {
    return fault(417, `Expect ${quoted(expectations.join(", "))}`);
  }
  if (Number(length) > bodyBytesMax) {
    return fault(413, `a body of ${length} bytes, at most ${bodyBytesMax} are read`);
  }
  return undefined;
}

/** The words of a field that holds a list, in small letters. */
function listOf(fields: Fields, name: string): readonly string[] {
  const all = (fields.get(name) ?? []).join(",").toLowerCase();
  return all
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

/** So much of a peer's text as a line of the log may hold. */
function quoted(text = ""): string {
  return JSON.stringify(text.slice(0, 60));
}
