import { describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { isobind } from "./testing-io.ts";

const ansi = /\u001b\[/;

describe("the command line", () => {
  it("shows every command, examples and exit codes in its help", async () => {
    const { code, stdout } = await isobind(["--help"]);
    expect(code).toBe(0);
    for (const name of Object.keys(commands)) expect(stdout).toContain(`\n  ${name}`);
    expect(stdout).toContain("Examples:");
    expect(stdout).toContain("Exit codes:");
  });

  it.each(Object.keys(commands))("%s has a help with examples, also through `help`", async (name) => {
    const direct = await isobind([name, "--help"]);
    const through = await isobind(["help", name]);
    expect(direct.code).toBe(0);
    expect(direct.stdout).toContain(`Usage: isobind ${name}`);
    expect(direct.stdout).toContain("Examples:");
    expect(through.stdout).toBe(direct.stdout);
  });

  it.each(["", ...Object.keys(commands)])("%s --help is no wider than 80 columns", async (name) => {
    const { stdout } = await isobind([...(name === "" ? [] : [name]), "--help"]);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it("prints its version", async () => {
    expect(await isobind(["--version"])).toEqual({ code: 0, stdout: "0.1.0\n", stderr: "" });
  });

  it("without a command, shows the help on stderr and exits 2", async () => {
    const { code, stdout, stderr } = await isobind([]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("Usage: isobind");
  });

  it.each([
    [["generat"], "generate"],
    [["chekc"], "check"],
    [["generate", "--wach"], "--watch"],
    [["check", "--fromat", "json"], "--format"],
    [["explain", "type-not-clonabel"], "type-not-clonable"],
    [["explain", "ERR_BINDING_NOT_CLONEABLE"], "ERR_BINDING_NOT_CLONABLE"],
  ])("%j exits 2 and suggests %s", async (argv, suggestion) => {
    const { code, stdout, stderr } = await isobind(argv);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(suggestion);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it.each([
    [["check", "--format", "xml"], "json"],
    [["run"], "script"],
    [["typecheck"], "scripts"],
    [["generate", "--watch", "--check"], "exclude each other"],
    [["generate", "--watch", "--format", "json"], "text only"],
    [["generate", "--config"], "`--config` needs a value"],
    [["diff"], "`isobind diff` needs `--against <ref>`"],
    [["explain", "a", "b"], "`isobind explain` takes 1 argument, and there are 2: `a`, `b`."],
    [["check", "other.ts"], "`isobind check` takes no arguments, and there is 1: `other.ts`."],
    [["check", "--format", "jsn"], "`--format` cannot be `jsn`. Did you mean `json`?"],
    [["check", "--format", "xml"], "it can be `text`, `json`, `sarif` or `github`"],
    [["help", "generat"], "there is no command `generat`. Did you mean `generate`?"],
    [["generate", "--chek"], "`isobind generate` has no option `--chek`. Did you mean `--check`?"],
    [["--verbos", "generate"], "`isobind` has no option `--verbos`."],
  ])("%j is a usage error that says why", async (argv, words) => {
    const { code, stdout, stderr } = await isobind(argv);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(words);
    expect(stderr).toMatch(/^error: .*\n( {2}help: .*\n)?$/);
  });

  it("leaves no blanks at the ends of lines in any help", async () => {
    for (const name of Object.keys(commands)) {
      expect((await isobind([name, "--help"])).stdout).not.toMatch(/[ \t]$/m);
    }
  });

  it("uses colours on a terminal only, and obeys NO_COLOR and --no-color there", async () => {
    expect((await isobind(["explain", "tree-too-deep"])).stdout).not.toMatch(ansi);
    expect((await isobind(["explain", "tree-too-deep"], { isTTY: true })).stdout).toMatch(ansi);
    expect(
      (await isobind(["explain", "tree-too-deep"], { isTTY: true, env: { NO_COLOR: "1" } })).stdout,
    ).not.toMatch(ansi);
    expect((await isobind(["explain", "tree-too-deep", "--no-color"], { isTTY: true })).stdout).not.toMatch(
      ansi,
    );
    expect((await isobind(["nothing", "--no-color"], { isTTY: true })).stderr).not.toMatch(ansi);
  });

  it("explains codes in any letter case, and lists them all without one", async () => {
    const list = (await isobind(["explain"])).stdout.trim().split("\n");
    expect(list).toContain("tree-too-deep");
    expect(list).toContain("ERR_SANDBOX_TIMEOUT");
    const page = await isobind(["explain", "Tree-Too-Deep"]);
    expect(page.code).toBe(0);
    expect(page.stdout).toContain("tree-too-deep");
  });
});
