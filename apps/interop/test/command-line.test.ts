import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommandLine } from "@akm/interop";
import type { CertifiedKey } from "@akm/pki";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type HouseOnTls, startHouse } from "./support/tls-house.ts";

let house: HouseOnTls;
let folder: string;

beforeAll(async () => {
  house = await startHouse();
  folder = mkdtempSync(join(tmpdir(), "akm-interop-"));
  write("ca", house.pki.authority);
  write("alice", await house.pki.client("alice"));
  write("bob", await house.pki.client("bob"));
  write("stranger", await house.pki.odd("foreign"));
});

afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true });
});

function write(name: string, { certificatePem, keyPem }: CertifiedKey): void {
  writeFileSync(join(folder, `${name}.pem`), certificatePem);
  writeFileSync(join(folder, `${name}.key`), keyPem);
}

const file = (name: string) => join(folder, name);

/** What a run printed, and how it ended. */
async function interop(...args: string[]) {
  const out: string[] = [];
  const complaints: string[] = [];
  const code = await runCommandLine(args, {
    print: (line) => out.push(line),
    complain: (line) => complaints.push(line),
    env: {},
    now: () => new Date("2026-01-31T12:00:00Z"),
  });
  return { code, out: out.join("\n"), complaints: complaints.join("\n") };
}

function access(client = "alice", port = house.port): string[] {
  const own = ["--cert", file(`${client}.pem`), "--key", file(`${client}.key`)];
  return ["--host", "127.0.0.1", "--port", String(port), "--ca", file("ca.pem"), ...own];
}

const second = () => ["--cert2", file("bob.pem"), "--key2", file("bob.key")];

describe("akm-interop run", () => {
  test("plays cases over TLS, with progress, and ends with 0", async () => {
    const { code, out, complaints } = await interop(
      "run",
      ...access(),
      ...second(),
      "--only",
      "clients/",
    );
    expect([code, complaints]).toEqual([0, ""]);
    expect(out).toContain("ok   clients/creator-only@1.1 (7 steps)");
    expect(out).toContain("6 cases: 6 passed, 0 not offered, 0 failed");
  });

  test("leaves the cases of a profile to the servers of that profile", async () => {
    const only = ["--only", "guide/name-at-index-0"];
    expect((await interop("run", ...access(), ...only)).code).toBe(2);
    const { code, out } = await interop("run", ...access(), ...only, "--profile", "akm-guide");
    expect([code, out]).toEqual([0, expect.stringContaining("2 cases: 2 passed")]);
  });

  test("takes expected failures, and fails where one of those that are played passes", async () => {
    const list = file("expected.json");
    writeFileSync(
      list,
      '{ "operations/query@1.1": "as a test", "states/destroyed@1.1": "not played" }',
    );
    const only = ["--only", "operations/query@", "--expected-failures", list];
    const { code, complaints } = await interop("run", ...access(), ...only);
    const why = "operations/query@1.1 is expected to fail (as a test) and passes";
    expect([code, complaints]).toEqual([1, `akm-interop: ${why}`]);
  });

  test("prints JSON, and writes JUnit XML", async () => {
    const junit = file("junit.xml");
    const { out } = await interop(
      "run",
      ...access(),
      "--only",
      "operations/create",
      "--json",
      "--junit",
      junit,
    );
    expect(JSON.parse(out)).toMatchObject([
      { name: "operations/create@1.0", outcome: "passed" },
      { name: "operations/create@1.1", outcome: "passed" },
    ]);
    expect(readFileSync(junit, "utf8")).toContain(
      '<testcase classname="KMIP 1.1" name="operations&#47;create@1.1"/>'.replace("&#47;", "/"),
    );
  });

  test("says path, expected and got where an answer is another one, and ends with 1", async () => {
    const wrong = file("wrong.xml");
    writeFileSync(
      wrong,
      `<KMIP><RequestMessage><BatchItem><Operation type="Enumeration" value="Poll"/><RequestPayload/></BatchItem></RequestMessage>
       <ResponseMessage><BatchItem><Operation type="Enumeration" value="Poll"/><ResultStatus type="Enumeration" value="OperationFailed"/>
       <ResultReason type="Enumeration" value="ItemNotFound"/></BatchItem></ResponseMessage></KMIP>`,
    );
    const { code, out, complaints } = await interop(
      "run",
      ...access(),
      "--profile",
      "akm-guide",
      wrong,
    );
    expect(code).toBe(1);
    expect(out).toContain("FAIL wrong@1.0");
    expect(out).toContain(
      "step 0, BatchItem/ResultReason: expected ItemNotFound, got OperationNotSupported",
    );
    expect(complaints).toContain("wrong@1.0 failed");
    const unknown = await interop("run", ...access(), wrong);
    expect(unknown.out).toContain("none wrong@1.0");
    expect(unknown.code).toBe(0);
  });
});

describe("akm-interop report", () => {
  test("writes the three files, with what only a connection shows", async () => {
    const prefix = file("report");
    const { out } = await interop(
      "report",
      ...access(),
      ...second(),
      "--only",
      "operations/",
      "--out",
      prefix,
    );
    expect(out).toContain("KMIP conformance of akm");
    const { probes } = JSON.parse(readFileSync(`${prefix}.json`, "utf8"));
    expect(
      probes.map(({ name, holds }: { name: string; holds: boolean }) => [name, holds]),
    ).toEqual([
      ["plain", true],
      ["no-certificate", true],
      ["broken", true],
      ["tls", true],
    ]);
    expect(readFileSync(`${prefix}.html`, "utf8")).toContain("without TLS nothing is answered");
    expect(readFileSync(`${prefix}.md`, "utf8")).toContain("## Transport");
  });

  test("by a profile ends with 1 where something that is claimed was not seen", async () => {
    const { code, complaints } = await interop(
      "report",
      ...access(),
      "--profile",
      "akm-guide",
      "--only",
      "operations/create",
    );
    expect(code).toBe(1);
    expect(complaints).toContain("States: Active was not seen at 1.0");
  });
});

describe("errors are a line that says what to mend", () => {
  test("a wrong certificate", async () => {
    const { code, complaints } = await interop(
      "run",
      ...access("stranger"),
      "--only",
      "operations/query@",
    );
    expect([code, complaints]).toEqual([
      5,
      expect.stringMatching(/^akm-interop: .*does the server trust the client's certificate/),
    ]);
  });

  test("a server whose authority is another one", async () => {
    const args = access().map((each) => (each === file("ca.pem") ? file("stranger.pem") : each));
    const { code, complaints } = await interop("run", ...args, "--only", "operations/query@");
    expect([code, complaints]).toEqual([5, expect.stringContaining("--ca")]);
  });

  test("nobody listens", async () => {
    const { code, complaints } = await interop(
      "run",
      ...access("alice", 1),
      "--only",
      "operations/query@",
    );
    expect([code, complaints]).toEqual([5, expect.stringContaining("nobody listens there")]);
  });

  test("what listens is no KMIP server", async () => {
    const server = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")).listen(
      0,
      "127.0.0.1",
    );
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    const { code, complaints } = await interop(
      "run",
      ...access("alice", port),
      "--only",
      "operations/query@",
    );
    server.close();
    expect([code, complaints]).toEqual([5, expect.stringMatching(/no TLS with 127\.0\.0\.1/)]);
  });

  test.each([
    [["run"], 2, "--host is missing"],
    [["dance"], 2, "dance is no command"],
    [["run", "--colour"], 2, "Unknown option '--colour'"],
  ])("%j", async (args, code, why) => {
    expect(await interop(...args)).toMatchObject({
      code,
      complaints: expect.stringContaining(why),
    });
  });

  test.each<[string, string[], number, string]>([
    ["a file that is not there", ["--cert2", "/no/such", "--key2", "/no/such"], 3, "/no/such"],
    ["half a second client", ["--cert2", "/no/such"], 2, "belong together"],
    ["a port that is none", ["--port", "x"], 2, "is no port"],
    ["an unknown profile", ["--profile", "nobody"], 2, "there is akm-guide"],
    ["a folder that is not there", ["/no/such/folder"], 3, "no such file or folder"],
    ["a name that no case has", ["--only", "no such case"], 2, "no case has this in its name"],
  ])("%s", async (_, args, code, why) => {
    expect(await interop("run", ...access(), ...args)).toMatchObject({
      code,
      complaints: expect.stringContaining(why),
    });
  });

  test("a folder without cases, a key that is none, a case that cannot be read", async () => {
    const broken = file("broken.xml");
    writeFileSync(broken, "<KMIP>\n<RequestMessage>");
    expect(await interop("run", ...access(), broken)).toMatchObject({
      code: 4,
      complaints: expect.stringContaining("broken: line 2: <KMIP> has no end"),
    });
    const args = access().map((each) => (each === file("alice.key") ? broken : each));
    expect(await interop("run", ...args)).toMatchObject({
      code: 3,
      complaints: expect.stringContaining("no PEM"),
    });
  });

  test("help tells the options", async () => {
    expect((await interop("--help")).out).toContain("--expected-failures FILE");
  });
});
