import { parseArgs } from "node:util";
import { Failure } from "../failure.ts";

/** What the command line says. */
export interface Arguments {
  readonly command: "run" | "report";
  /** Files and folders of cases; empty for the default ones. */
  readonly cases: readonly string[];
  readonly host: string;
  readonly port: number;
  readonly servername?: string;
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  readonly cert2?: string;
  readonly key2?: string;
  readonly only?: string;
  readonly profile?: string;
  readonly expectedFailures?: string;
  readonly json: boolean;
  readonly junit?: string;
  readonly out?: string;
  readonly madeBy?: string;
}

interface Option {
  readonly type: "string" | "boolean";
  readonly value?: string;
  readonly text: string;
}

const options = {
  host: { type: "string", value: "NAME", text: "where the server is" },
  port: { type: "string", value: "NUMBER", text: "its port (5696)" },
  servername: {
    type: "string",
    value: "NAME",
    text: "the name in its certificate, where that is not the host's",
  },
  ca: { type: "string", value: "FILE", text: "the authority of its certificate, PEM" },
  cert: { type: "string", value: "FILE", text: "the client's certificate, PEM" },
  key: { type: "string", value: "FILE", text: "the client's key, PEM" },
  cert2: {
    type: "string",
    value: "FILE",
    text: "the certificate of a second client, for cases of two",
  },
  key2: { type: "string", value: "FILE", text: "its key" },
  only: { type: "string", value: "TEXT", text: "only the cases with this in their names" },
  profile: { type: "string", value: "NAME", text: "measure by a profile: akm-guide" },
  "expected-failures": {
    type: "string",
    value: "FILE",
    text: "JSON: case name and reason; wrong in either direction fails",
  },
  json: { type: "boolean", text: "print JSON instead of text" },
  junit: { type: "string", value: "FILE", text: "write JUnit XML there" },
  out: { type: "string", value: "PREFIX", text: "report: write PREFIX.json, .html and .md" },
  "made-by": {
    type: "string",
    value: "COMMAND",
    text: "report: how the files say that they are made anew",
  },
  help: { type: "boolean", text: "print this" },
} as const satisfies Readonly<Record<string, Option>>;

/** What `--help` prints. */
export const helpText: string = [
  "akm-interop: plays KMIP conversations against a KMIP server",
  "",
  "usage: akm-interop run    --host NAME --ca FILE --cert FILE --key FILE [OPTION…] [CASES…]",
  "       akm-interop report --host NAME --ca FILE --cert FILE --key FILE [OPTION…] [CASES…]",
  "",
  "CASES are files and folders of KMIP XML; unless some are named, this program's own and those of $AKM_VECTORS/xml.",
  "",
  ...Object.entries<Option>(options).map(
    ([name, { value = "", text }]) => `  ${`--${name} ${value}`.padEnd(26)}${text}`,
  ),
  "",
  "It ends with 0 when all went as it must, 1 when something did not, 2 for a wrong command line, 3 for a file,",
  "4 for a case that cannot be read, 5 for a server that cannot be talked to.",
].join("\n");

const defaultPort = 5696;

/**
 * Understands the command line; `undefined` where help is asked for.
 *
 * @throws Failure `usage`
 */
export function readArguments(args: readonly string[]): Arguments | undefined {
  const { values, positionals } = parsed(args);
  const [command, ...cases] = positionals;
  if (values.help === true || args.length === 0) return undefined;
  if (command !== "run" && command !== "report") {
    throw new Failure(
      "usage",
      `${command ?? "nothing"} is no command; akm-interop --help tells them`,
    );
  }
  const {
    "expected-failures": expectedFailures,
    "made-by": madeBy,
    help: _,
    port,
    json = false,
    ...others
  } = values;
  for (const name of ["host", "ca", "cert", "key"] as const) {
    if (values[name] === undefined)
      throw new Failure("usage", `akm-interop ${command}: --${name} is missing`);
  }
  if ((values.cert2 === undefined) !== (values.key2 === undefined)) {
    throw new Failure("usage", "--cert2 and --key2 belong together");
  }
  return {
    ...(others as Omit<Arguments, "command" | "cases" | "port" | "json">),
    ...(expectedFailures === undefined ? {} : { expectedFailures }),
    ...(madeBy === undefined ? {} : { madeBy }),
    command,
    cases,
    port: portOf(port),
    json,
  };
}

function portOf(text: string | undefined): number {
  const port = Number(text ?? defaultPort);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Failure("usage", `--port ${text} is no port`);
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (cause) {
    throw new Failure("usage", (cause as Error).message.split(". ")[0] ?? "", { cause });
  }
}
