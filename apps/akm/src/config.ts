import { clientAuthority } from "./config/client-authority.ts";
import { accessCheck, algorithm } from "./config/kmip-value.ts";
import { list, optional, type Setting, setting, type ValueOf } from "./config/setting.ts";
import { choice, databaseUrl, port, text, timeZone, wholeNumber, yesNo } from "./config/value.ts";

const milliseconds = wholeNumber(1, 86_400_000);
const bytes = wholeNumber(1, 1_073_741_824);
const count = wholeNumber(1, 1_000_000);
const countOrNone = wholeNumber(0, 1_000_000);

/**
 * Every setting of `akm.conf`, a section a member; in the file `clientCa` is `client_ca`. The reader, the file that
 * `akm init` makes, the type `Config` and `docs/configuration.md` are derived from this table.
 */
export const settings = {
  kmip: {
    enable: setting(yesNo, true, "Whether KMIP is served. With N nothing listens for it."),
    address: setting(
      text,
      "127.0.0.1",
      "Local address of the KMIP service; 0.0.0.0 or :: for all.",
    ),
    port: setting(port, 5696, "Port of the KMIP service."),
    httpsPort: setting(port, 0, "Port of KMIP over HTTPS, POST /kmip; 0 for none."),
    strictVersions: setting(
      yesNo,
      false,
      "Whether KMIP 1.2 to 1.9 are refused instead of answered by the rules of 1.1.",
    ),
    vendorIdentification: setting(text, "akm", "What Query answers as Vendor Identification."),
  },
  tls: {
    clientCa: list(
      clientAuthority,
      [],
      "Certificates that are trusted beside akm's own authority, and the names that they may assert: spelled out, or * for any. A line each.",
    ),
    legacyCiphers: setting(
      yesNo,
      false,
      "Whether TLS 1.2 with RSA key exchange and CBC is offered too, for old clients.",
    ),
    crl: list(text, [], "A file with revocation lists (PEM) of such authorities. A line each."),
  },
  database: {
    url: optional(
      databaseUrl,
      "The PostgreSQL server to use, 15 or later; without it akm runs its own in the data folder. The password may stand in the environment as PGPASSWORD.",
    ),
    unsafeDurability: setting(
      yesNo,
      false,
      "Whether a database is accepted that can lose keys in a power cut (fsync, full_page_writes or synchronous_commit off).",
    ),
  },
  policy: {
    algorithms: list(
      algorithm,
      [],
      "An algorithm that may be used. A line each; without any, all are.",
    ),
    defaultMirrored: setting(yesNo, false, "y-Mirrored of a key that is made without it."),
    defaultAccessCheck: setting(
      accessCheck,
      "ListedUsers",
      "y-Access Check of a key that is made without it: 1 anyone with a trusted certificate, 2 listed users, 3 listed groups, 4 user and group, 5 either.",
    ),
    getCompromised: setting(yesNo, true, "Whether Get still gives a key that is Compromised."),
    timeZone: setting(timeZone, "UTC", "Whose midnight an automatic re-key waits for."),
  },
  access: {
    administrators: list(
      text,
      ["OU=akm_admin"],
      "A user's Common Name, or OU= and a group, that passes every access check. A line each.",
    ),
    create: setting(
      choice("anyone", "administrators"),
      "anyone",
      "Who may make keys and templates.",
    ),
  },
  admin: {
    address: setting(
      text,
      "127.0.0.1",
      "Local address of /health. It is plain HTTP: keep it on loopback.",
    ),
    port: setting(port, 5697, "Port of /health."),
  },
  log: {
    level: setting(
      choice("debug", "info", "warn", "error"),
      "info",
      "The least line that is written.",
    ),
    format: setting(
      choice("auto", "json", "text"),
      "auto",
      "JSON lines, or text for a reader; auto is text on a terminal.",
    ),
  },
  limits: {
    connections: setting(count, 2_000, "Connections at a time."),
    connectionsPerAddress: setting(
      countOrNone,
      0,
      "Connections at a time from one address; 0 for any number.",
    ),
    connectionsPerCertificate: setting(
      countOrNone,
      0,
      "Connections at a time with one certificate; 0 for any number.",
    ),
    handshakes: setting(count, 200, "TLS handshakes at a time."),
    handshakeMs: setting(milliseconds, 5_000, "Time for a TLS handshake."),
    firstByteMs: setting(milliseconds, 30_000, "Time from the handshake to the first byte."),
    idleMs: setting(milliseconds, 900_000, "Time between two messages."),
    bodyMs: setting(milliseconds, 10_000, "Time for a message to arrive whole."),
    bodyBytesPerSecond: setting(bytes, 1_024, "Least speed of a message that arrives."),
    requestMs: setting(milliseconds, 10_000, "Time from a whole request to its answer."),
    writeStallMs: setting(
      milliseconds,
      10_000,
      "Time in which a peer has to take some of its answer.",
    ),
    messageBytes: setting(bytes, 1_048_576, "Length of a request."),
    receiveBudgetBytes: setting(
      bytes,
      268_435_456,
      "Memory for the requests of all connections together.",
    ),
    loopLagMs: setting(
      milliseconds,
      250,
      "How late the server may be with its work before it closes new connections.",
    ),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Setting<unknown>>>>>;

/** The values of all settings: `config.kmip.port`. */
export type Config = {
  readonly [Section in keyof typeof settings]: {
    readonly [Member in keyof (typeof settings)[Section]]: ValueOf<
      (typeof settings)[Section][Member]
    >;
  };
};
