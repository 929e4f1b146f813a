import { describe, expect, test } from "vitest";
import { commands, runCommandLine, type Surroundings } from "../src/index.ts";

/** Runs a command line that ends before it touches anything. */
async function run(...args: string[]) {
  let stdout = "";
  let stderr = "";
  const surroundings: Surroundings = {
    print: (line) => (stdout += `${line}\n`),
    write: (lines) => (stderr += lines),
    now: () => new Date(0),
    self: "akm",
    env: {},
    isTerminal: false,
    whenStopped: () => new AbortController().signal,
    onReload: () => {},
  };
  const code = await runCommandLine(args, { commands, version: "1.2.3", surroundings });
  return { code, stdout, stderr };
}

describe("help", () => {
  test.each([[[]], [["help"]], [["--help"]], [["-h"]]])(
    "akm %j lists every command",
    async (args) => {
      const { code, stdout, stderr } = await run(...args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      for (const { name, text } of commands)
        expect(stdout).toMatch(new RegExp(`^  ${name}\\b.*${text}$`, "m"));
    },
  );

  test.each([
    [["help", "cert", "issue"]],
    [["cert", "issue", "--help"]],
    [["cert", "issue", "-h", "--cn", "x"]],
  ])("akm %j lists the options of the command", async (args) => {
    const { code, stdout } = await run(...args);
    expect(code).toBe(0);
    expect(stdout).toContain("usage: akm cert issue [--data DIR] --cn NAME [--ou GROUP]…");
    expect(stdout).toMatch(/^ {2}--cn NAME +the user that it stands for \(required\)$/m);
  });

  test("akm --version is the version alone", async () => {
    expect(await run("--version")).toEqual({ code: 0, stdout: "1.2.3\n", stderr: "" });
  });
});

describe("a wrong command line", () => {
  test.each([
    [["sevre"], "there is no command sevre (did you mean serve?); akm help lists them"],
    [["nonsense"], "there is no command nonsense; akm help lists them"],
    [["cert"], "akm cert what? One of issue, list, renew, revoke"],
    [["cert", "steal"], "akm cert what? One of issue, list, renew, revoke"],
    [
      ["serve", "--prot", "1"],
      "akm serve: there is no option --prot (did you mean --port?); akm serve --help lists its options",
    ],
    [["serve", "-p"], "akm serve: there is no option -p; akm serve --help lists its options"],
    [["serve", "--port"], "akm serve: --port wants a value; akm serve --help lists its options"],
    [
      ["cert", "list", "--json=1"],
      "akm cert list: --json takes no value; akm cert list --help lists its options",
    ],
    [["serve", "now"], "akm serve: now is too much; akm serve --help lists its options"],
    [["key", "show"], "akm key show: ID is missing; akm key show --help lists its options"],
    [
      ["key", "show", "a", "b"],
      "akm key show: b is too much; akm key show --help lists its options",
    ],
    [
      ["cert", "issue", "--out", "x"],
      "akm cert issue: --cn NAME is missing; akm cert issue --help lists its options",
    ],
  ])("akm %j is one clear line and code 2", async (args, text) => {
    expect(await run(...args)).toEqual({ code: 2, stdout: "", stderr: `akm: ${text}\n` });
  });
});
