/** The statuses with which a request is refused, and their phrases. */
const phrases = {
  400: "Bad Request",
  404: "Not Found",
  405: "Method Not Allowed",
  411: "Length Required",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  417: "Expectation Failed",
  431: "Request Header Fields Too Large",
  505: "HTTP Version Not Supported",
} as const;

/** A request that is refused before its message is looked at. */
export interface HttpFault {
  readonly status: keyof typeof phrases;
  /** For the log; the peer reads the status alone. */
  readonly why: string;
}

/** A fault; `why` names the field and its value. */
export function fault(status: HttpFault["status"], why: string): HttpFault {
  return { status, why };
}

/** The status line's second half: `404 Not Found`. */
export function statusText(status: HttpFault["status"]): string {
  return `${status} ${phrases[status]}`;
}
