/** V8's optimizing compilers are left out of a process of our own while its run is short, and are back in one that turns out long. */
import { execFileSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { program } from "../built.ts";
import { removeTemporary, temporary } from "./child.ts";

afterAll(removeTemporary);

const module = JSON.stringify(new URL("../../src/code-cache/optimizing.ts", import.meta.url).href);
const host = JSON.stringify(new URL("../../src/read/frontend/ts6/host.ts", import.meta.url).href);

/** Runs lines in a Node of their own, where `isOptimized()` asks V8 to optimize a function and tells whether it did. */
function run(lines: string): string {
  const code = `
    function isOptimized() {
      const add = new Function("a", "b", "return a + b");
      %PrepareFunctionForOptimization(add);
      add(1, 2);
      %OptimizeFunctionOnNextCall(add);
      add(1, 2);
      return (%GetOptimizationStatus(add) & 16) !== 0;
    }
    const { leaveUnoptimized, optimizeAgain } = await import(${module});
    ${lines}`;
  const flags = ["--allow-natives-syntax", "--input-type=module", "--no-warnings"];
  return execFileSync(process.execPath, [...flags, "-e", code], { encoding: "utf8" });
}

describe("the optimizing compilers", () => {
  it("are left out, and come back when they are asked for", () => {
    expect(
      run(`
        console.log(isOptimized());
        leaveUnoptimized();
        console.log(isOptimized());
        optimizeAgain();
        console.log(isOptimized());`),
    ).toBe("true\nfalse\ntrue\n");
  });

  it("stay as a host has set them, where nobody left them out", () => {
    expect(
      run(`
        process.getBuiltinModule("node:v8").setFlagsFromString("--no-opt");
        process.getBuiltinModule("node:v8").setFlagsFromString("--no-maglev");
        optimizeAgain();
        console.log(isOptimized());`),
    ).toBe("false\n");
  });

  it("come back when more is parsed than a short run has", () => {
    expect(
      run(`
        const { createHost } = await import(${host});
        const letters = "export type Long = '" + "x".repeat(600_000) + "';";
        const files = { readFile: () => letters };
        const host = createHost(files, {}, "/", () => null);
        leaveUnoptimized();
        for (const name of ["a", "b", "c", "d"]) {
          host.getSourceFile("/" + name + ".ts", 99);
          console.log(isOptimized());
        }`),
    ).toBe("false\nfalse\nfalse\ntrue\n");
  });

  // Under other flags Node has no use for the code of its own modules that it carries.
  it("are left out when the modules of Node that a run needs are loaded", () => {
    const folder = temporary();
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    writeFileSync(join(folder, "bindings.ts"), "export interface Bindings { greet(): void }\n");
    writeFileSync(join(folder, "bindings.config.ts"), 'export default { definition: "./bindings.ts" };\n');
    const printsLate = `
      const v8 = process.getBuiltinModule("node:v8");
      const set = v8.setFlagsFromString;
      const early = new Set();
      v8.setFlagsFromString = (flag) => {
        if (early.size === 0) process.moduleLoadList.forEach((name) => early.add(name));
        set(flag);
      };
      process.on("exit", () => {
        console.log("LATE " + process.moduleLoadList.filter((name) => early.size > 0 && !early.has(name)).join(", "));
      });`;
    const main = program("cli/main");
    const args = ["--import", `data:text/javascript,${encodeURIComponent(printsLate)}`, main, "generate"];
    const said = execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    const late = /^LATE (.*)$/mu.exec(said)?.[1];
    expect(said).toContain("written    generated/registry.ts");
    expect(late).toBeDefined();
    expect(late).not.toMatch(/NativeModule (?:crypto|vm|os|module|perf_hooks|timers\/promises)(?:,|$)/u);
  }, 60_000);

  // V8 refuses code that was compiled under other flags: commands of both kinds would throw away each other's, in turns.
  it("are left out before the folder of compiled code is chosen, which has the flags in its name", () => {
    const folder = temporary();
    const isobind = (...words: readonly string[]): void => {
      const { NODE_COMPILE_CACHE: _, NODE_DISABLE_COMPILE_CACHE: __, ...env } = process.env;
      const temporary = { TMPDIR: folder, TMP: folder, TEMP: folder };
      execFileSync(process.execPath, [program("cli/main"), ...words], {
        env: { ...env, ...temporary },
        stdio: "ignore",
      });
    };
    const folders = (): readonly string[] => readdirSync(join(folder, "node-compile-cache"));
    isobind("generate", "--help");
    expect(folders()).toHaveLength(1);
    isobind("check", "--help");
    expect(folders()).toHaveLength(1);
    isobind("docs", "--help");
    expect(folders()).toHaveLength(2);
  });
});
