import { describe, expect, test } from "vitest";
import { Failure, newConfigText, readConfig, settings } from "../src/index.ts";

const read = (
  text: string,
  ...overrides: { where: string; section: string; key: string; value: string }[]
) => readConfig({ file: "akm.conf", text, overrides });

function faults(text: string): readonly string[] {
  try {
    read(text);
  } catch (error) {
    expect(error).toBeInstanceOf(Failure);
    expect((error as Failure).kind).toBe("configuration");
    return (error as Failure).message.split("\n");
  }
  throw new Error("nothing was refused");
}

describe("a good configuration", () => {
  test("without a line holds every default", () => {
    const config = read("");
    expect(config.kmip).toEqual({
      enable: true,
      address: "127.0.0.1",
      port: 5696,
      httpsPort: 0,
      strictVersions: false,
      vendorIdentification: "akm",
    });
    for (const [section, members] of Object.entries(settings)) {
      const values = config[section as keyof typeof settings] as Record<string, unknown>;
      for (const [member, { default: value }] of Object.entries(members)) {
        expect(values[member], `${section}.${member}`).toEqual(value);
      }
    }
  });

  test("as akm init makes it says the defaults", () => {
    expect(read(newConfigText())).toEqual(read(""));
  });

  test("as akm init makes it stays good with every comment sign before a value removed", () => {
    const text = newConfigText().replaceAll(/^# ([a-z_]+ = (?!FILE|postgres|an? ).*)$/gm, "$1");
    expect(text).toContain("\nport = 5696");
    expect(read(text)).toEqual(read(""));
  });

  test("is read with comments, blank lines, byte order mark, line ends of Windows and blanks anywhere", () => {
    const text =
      "\uFEFF; note\r\n\r\n[ kmip ]\r\n  port=1234  \r\n# port = 1\r\n[log]\r\nlevel =debug\r\n";
    expect(read(text).kmip.port).toBe(1234);
    expect(read(text).log.level).toBe("debug");
  });

  test("keeps # and ; within a value", () => {
    expect(read("[kmip]\nvendor_identification = a#b;c").kmip.vendorIdentification).toBe("a#b;c");
  });

  test("may return to a section", () => {
    const { kmip } = read("[kmip]\nport = 1\n[log]\n[kmip]\nenable = N");
    expect(kmip).toMatchObject({ port: 1, enable: false });
  });

  test("collects the lines of a list, which replace the default ones", () => {
    expect(read("").access.administrators).toEqual(["OU=akm_admin"]);
    const text = "[access]\nadministrators = alice\nadministrators = OU=Key People";
    expect(read(text).access.administrators).toEqual(["alice", "OU=Key People"]);
  });

  test("has the access check's number and the algorithm's name of KMIP", () => {
    const text = "[policy]\ndefault_access_check = 5\nalgorithms = AES\nalgorithms = DES3";
    expect(read(text).policy).toMatchObject({
      defaultAccessCheck: "ListedUserOrGroup",
      algorithms: ["AES", "DES3"],
    });
    expect(faults("[policy]\nalgorithms = aes")[0]).toContain('algorithms "aes" cannot stand');
  });

  test("gives way to the command line", () => {
    const port = { where: "--port", section: "kmip", key: "port", value: "7" };
    expect(read("[kmip]\nport = 6", port).kmip.port).toBe(7);
  });
});

describe("[tls] client_ca", () => {
  const entryOf = (value: string) => read(`[tls]\nclient_ca = ${value}`).tls.clientCa[0];

  test.each([
    ["/a.pem cn=*", { file: "/a.pem", users: ["*"], groups: [], administrators: false }],
    [
      "/a.pem cn=vcenter-1 cn=host ou=* administrators=yes",
      { file: "/a.pem", users: ["vcenter-1", "host"], groups: ["*"], administrators: true },
    ],
    [
      '"/my files/a.pem" cn="Mary Ann" ou=x',
      { file: "/my files/a.pem", users: ["Mary Ann"], groups: ["x"], administrators: false },
    ],
  ])("%s names a file and what it may assert", (value, entry) => {
    expect(entryOf(value)).toEqual(entry);
  });

  test.each([
    ["no user", "/a.pem ou=*"],
    ["a word of no kind", "/a.pem cn=* o=x"],
    ["an open quote", '"/a.pem cn=*'],
    ["administrators twice", "/a.pem cn=* administrators=yes administrators=no"],
    ["administrators neither yes nor no", "/a.pem cn=* administrators=1"],
    ["a pattern", "/a.pem cn=vcenter-*"],
    ["nothing", ""],
  ])("with %s is refused", (_, value) => {
    expect(faults(`[tls]\nclient_ca = ${value}`)[0]).toMatch(
      /^akm.conf:2: \[tls\] client_ca .* FILE cn=NAME\|/,
    );
  });
});

describe("a wrong configuration", () => {
  test.each([
    ["[kmpi]\nport = 1", "akm.conf:2: there is no section [kmpi] (did you mean kmip?)"],
    ["[kmip]\nprot = 1", "akm.conf:2: [kmip] has no setting prot (did you mean port?)"],
    ["port = 1", "akm.conf:1: port stands before any [section]"],
    ["[kmip]\nport", 'akm.conf:2: "port…" is neither [section] nor key = value'],
    ["[kmip", 'akm.conf:1: "[kmip…" is neither [section] nor key = value'],
    [
      "[kmip]\nport = 65536",
      'akm.conf:2: [kmip] port "65536" cannot stand: write a number from 0 to 65535',
    ],
    [
      "[kmip]\nport = 1e3",
      'akm.conf:2: [kmip] port "1e3" cannot stand: write a number from 0 to 65535',
    ],
    ["[kmip]\nport =", 'akm.conf:2: [kmip] port "" cannot stand: write a number from 0 to 65535'],
    ["[kmip]\nenable = maybe", 'akm.conf:2: [kmip] enable "maybe" cannot stand: write Y or N'],
    [
      "[kmip]\nport = 1\nport = 2",
      "akm.conf:3: [kmip] port stands at akm.conf:2 already: keep one of them",
    ],
    [
      "[log]\nlevel = loud",
      'akm.conf:2: [log] level "loud" cannot stand: write debug or info or warn or error',
    ],
    [
      "[policy]\ntime_zone = Mars/Olympus",
      'akm.conf:2: [policy] time_zone "Mars/Olympus" cannot stand: write a time zone such as UTC or Europe/Berlin',
    ],
    [
      "[policy]\ndefault_access_check = 6",
      'akm.conf:2: [policy] default_access_check "6" cannot stand: write a number from 1 to 5',
    ],
  ])("%j is refused with place, fault and mend", (text, line) => {
    expect(faults(text)).toEqual([line]);
  });

  test("is refused with all faults at once", () => {
    expect(faults("[kmip]\nport = x\nprot = 1\nenable = 2\n[nowhere]\na = b\nport")).toHaveLength(
      5,
    );
  });

  test("never shows a database's URL, which may hold a password", () => {
    expect(faults("[database]\nurl = mysql://akm:secret@host").join()).not.toContain("secret");
  });

  test("names the option where the command line is at fault", () => {
    const port = { where: "--port", section: "kmip", key: "port", value: "x" };
    expect(() => read("", port)).toThrow(/^--port: \[kmip\] port "x" cannot stand/);
  });
});
