import { describe, expect, it } from "vitest";
import { files, project } from "./project.ts";
import { isobind } from "./testing-io.ts";

describe("isobind typecheck", () => {
  it("reports all mistakes of all scripts with place, frame and suggestion", async () => {
    const { root } = project({
      ...files,
      "scripts/a.ts": "SecureExec.bindings.math.ad(1, 2);\n",
      "scripts/b.js": "SecureExec.bindings.greet(42);\nconsole.log(process.env);\n",
      "scripts/fine.ts": "console.log(await SecureExec.bindings.math.later(1));\n",
    });
    await isobind(["generate"], { cwd: root });
    const { code, stdout } = await isobind(["typecheck", "scripts"], { cwd: root });
    expect(code).toBe(1);
    expect(stdout).toContain("scripts/a.ts:1:26");
    expect(stdout).toContain("Did you mean `add`?");
    expect(stdout).toContain("scripts/b.js:1:27");
    expect(stdout).toContain("process");
    expect(stdout).not.toContain("fine.ts");
    const github = await isobind(["typecheck", "scripts/*.ts", "--format", "github"], { cwd: root });
    expect(github.stdout).toContain("::error file=scripts/a.ts,line=1");
    expect(github.stdout.trim().split("\n")).toHaveLength(1);
  });

  it("exits 0 for scripts that fit, and says how many there were", async () => {
    const { root } = project({ ...files, "one.ts": "export default SecureExec.bindings.greet('a');\n" });
    await isobind(["generate"], { cwd: root });
    expect(await isobind(["typecheck", "one.ts"], { cwd: root })).toEqual({
      code: 0,
      stdout: "1 script checked, no findings\n",
      stderr: "",
    });
  });

  it("says to generate first, names a missing declaration, and finds patterns that match nothing", async () => {
    const { root } = project({ ...files, "one.ts": "" });
    const early = await isobind(["typecheck", "one.ts"], { cwd: root });
    expect(early.code).toBe(2);
    expect(early.stderr).toContain("isobind generate");
    expect((await isobind(["typecheck", "one.ts", "--declaration", "no.d.ts"], { cwd: root })).code).toBe(2);
    await isobind(["generate"], { cwd: root });
    const none = await isobind(["typecheck", "nothing/*.ts"], { cwd: root });
    expect(none.code).toBe(1);
    expect(none.stdout).toContain("script-missing");
  });
});
