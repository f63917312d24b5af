import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { globalClocks } from "./clocks.ts";
import { handmadeCounts } from "./counts.ts";
import { circles } from "./circles.ts";
import { importsOf, readSources, violations } from "./reading.ts";
import { parts } from "./table.ts";

const sources = readSources();

const page = new URL("../../src/README.md", import.meta.url);

/** The table as it stands on the page; `UPDATE_GOLDENS=1` writes it there. */
function rows(): string {
  const list = (names: readonly string[]): string =>
    names.length === 0 ? "–" : names.map((name) => `\`${name}\``).join(", ");
  const lines = parts.map(
    ({ at, imports, packages, why }) => `| \`${at}\` | ${list(imports)} | ${list(packages)} | ${why} |`,
  );
  return ["| part | may import | packages | because |", "|---|---|---|---|", ...lines].join("\n");
}

describe("the house plan", () => {
  it("is what the architecture page shows", () => {
    const text = readFileSync(page, "utf8");
    const wanted = text.replace(
      /(<!-- parts -->)[^]*?(<!-- \/parts -->)/,
      (_, open: string, close: string) => `${open}\n\n${rows()}\n\n${close}`,
    );
    if (process.env["UPDATE_GOLDENS"] === "1") writeFileSync(page, wanted);
    else expect(text).toBe(wanted);
  });

  it("is kept by every file of src/", () => {
    expect(violations(sources)).toEqual([]);
  });

  it("has no entry for a part that is gone, and none that is named twice", () => {
    const names = parts.map(({ at }) => at);
    expect(new Set(names).size).toBe(names.length);
    for (const at of names)
      expect(
        [...sources.keys()].some((file) => file === at || file.startsWith(`${at}/`)),
        at,
      ).toBe(true);
    for (const part of parts) for (const name of part.imports) expect(names, part.at).toContain(name);
  });

  it.each([
    ["model/contract.ts", `import { readFileSync } from "node:fs";`, "node:fs"],
    [
      "model/contract.ts",
      `import type { Diagnostic } from "../diagnostics/diagnostic.ts";`,
      "diagnostics/diagnostic.ts",
    ],
    ["runtime/sandbox.ts", `import { ts } from "ts-morph";`, "ts-morph"],
    ["runtime/guest/guest.ts", `import type IsolatedVm from "isolated-vm";`, "isolated-vm"],
    [
      "runtime/crossing/encode.ts",
      `import type { Isolate } from "../engine/engine.ts";`,
      "runtime/engine/engine.ts",
    ],
    [
      "cli/commands/doctor.ts",
      `import { checkEngine } from "../../runtime/engine/release.ts";`,
      "runtime/engine at once",
    ],
    ["runtime/sandbox.ts", `const it = await import("prettier");`, "prettier"],
    ["runtime/sandbox.ts", `type It = import("../stages.ts").OutputFile;`, "stages.ts"],
    ["runtime/sandbox.ts", `export * from "../cli/cli.ts";`, "cli/cli.ts"],
    ["check/check.ts", `import { existsSync } from "node:fs";`, "node:fs"],
    ["read/read.ts", `import { ts } from "@ts-morph/common";`, "@ts-morph/common"],
    ["generator/manifest/manifest.ts", `import { read } from "../../read/read.ts";`, "read/read.ts"],
    ["diff/diff.ts", `import { readFileSync } from "node:fs";`, "node:fs"],
    ["diff/diff.ts", `import { impact } from "../scripts/impact/impact.ts";`, "scripts/impact/impact.ts"],
    ["write/write.ts", `import type { Contract } from "../read/read.ts";`, "read/read.ts"],
    ["model/shape.ts", `import { matches } from "../validation/matches.ts";`, "validation/matches.ts"],
    ["validation/match.ts", `import { defineRegistry } from "../registry/index.ts";`, "registry/index.ts"],
    ["runtime/crossing/decode.ts", `import type { GuestScript } from "../seam.ts";`, "runtime/seam.ts"],
    ["runtime/engine/isolated-vm.ts", `import type { Guest } from "../seam.ts";`, "runtime/seam.ts"],
    ["runtime/guest/guest.ts", `import { hostRun } from "../host/host-run.ts";`, "runtime/host/host-run.ts"],
    ["runtime/guest/guest.ts", `import { readFileSync } from "node:fs";`, "node:fs"],
    [
      "runtime/guest/prelude/main.ts",
      `import type { Isolate } from "../../engine/engine.ts";`,
      "runtime/engine/engine.ts",
    ],
    [
      "runtime/guest/script/prepare-script.ts",
      `import { encode } from "../../crossing/encode.ts";`,
      "runtime/crossing/encode.ts",
    ],
    [
      "runtime/host/host-run.ts",
      `import { createGuest } from "../guest/guest.ts";`,
      "runtime/guest/guest.ts",
    ],
    ["runtime/host/host-run.ts", `import { Pool } from "../process/pool.ts";`, "runtime/process/pool.ts"],
    ["runtime/process/pool.ts", `import { createGuest } from "../guest/guest.ts";`, "runtime/guest/guest.ts"],
    ["runtime/process/worker/main.ts", `import { Pool } from "../pool.ts";`, "runtime/process/pool.ts"],
    ["runtime/process/wire/layout.ts", `import { Pool } from "../pool.ts";`, "runtime/process/pool.ts"],
    ["runtime/sandbox.ts", `import { createGuest } from "./guest/guest.ts";`, "runtime/guest/guest.ts"],
    ["cli/cli.ts", `import "chokidar";`, "chokidar at once"],
    ["cli/cli.ts", `import { generate } from "../generator/generate.ts";`, "generator at once"],
    ["somewhere/new.ts", `export {};`, "no entry"],
  ])("notices a forbidden import in %s: %s", (file, line, words) => {
    const broken = new Map([...sources, [file, `${sources.get(file) ?? ""}\n${line}`]]);
    const found = violations(broken).filter((one) => !violations(sources).includes(one));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(words);
  });

  it("names the engine in one part of the runtime, its words included", () => {
    const words =
      /isolated-?vm|execution timed out|allocation failed|was disposed|thrown from supplied code/i;
    const named = [...sources].filter(([, text]) => words.test(text)).map(([file]) => file);
    const inside = named.filter((file) => file.startsWith("runtime/engine/"));
    expect(inside).toContain("runtime/engine/isolated-vm.ts");
    expect(named.filter((file) => file.startsWith("runtime/") && !inside.includes(file))).toEqual([]);
  });

  it("reads every form an import can have", () => {
    const text = `
      import a from "one"; import type { B } from "two"; import "three"; export { c } from "four"; export type * from "five";
      const six = await import("six"); type Seven = import("seven").X; const eight = require("eight");
      // import "no";
      const text = 'import "no"';
    `;
    expect(importsOf("x.ts", text).map(({ specifier }) => specifier)).toEqual([
      "one",
      "two",
      "three",
      "four",
      "five",
      "six",
      "seven",
      "eight",
    ]);
  });

  it("asks for the time in one file of the runtime: tests of its hosts fake the globals", () => {
    expect(globalClocks(sources)).toEqual([]);
  });

  it.each([
    ["setTimeout(() => {}, 1);", "setTimeout"],
    ["const at = performance.now();", "performance"],
    ["const at = Date.now();", "Date.now"],
    ["const at = new Date();", "new Date"],
    ["process.nextTick(() => {});", "process.nextTick"],
    ["const late = AbortSignal.timeout(5);", "AbortSignal.timeout"],
    [`import { setTimeout } from "node:timers/promises";`, "node:timers/promises"],
  ])("notices a clock of the host's globals: %s", (line, words) => {
    const file = "runtime/sandbox.ts";
    const found = globalClocks(new Map([[file, line]]));
    expect(found).toEqual([`${file}: ${words}`]);
  });

  it("counts in words with one function, which knows the singular", () => {
    expect(handmadeCounts(sources)).toEqual([]);
  });

  it.each([
    ["const text = `${n} of ${scripts.length} scripts break`;", "scripts.length"],
    ["const text = `${bindings} bindings`;", "bindings"],
    [`const text = n + (n === 1 ? "" : "s");`, "=== 1"],
    [`const text = n + (n === 1 ? "run" : "runs");`, "=== 1"],
  ])("notices a count that is put in words by hand: %s", (line, number) => {
    expect(handmadeCounts(new Map([["cli/new.ts", line]]))).toEqual([`cli/new.ts: ${number}`]);
  });

  it("uses every dependency, and the page gives the reason for each", () => {
    const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
      dependencies: Record<string, string>;
      peerDependencies: Record<string, string>;
    };
    const names = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
    const specifiers = [...sources].flatMap(([file, text]) =>
      importsOf(file, text).map(({ specifier }) => specifier),
    );
    const text = readFileSync(page, "utf8");
    for (const name of names) {
      // isolated-vm is loaded by `createRequire`, so that a missing one is an error of ours.
      if (name !== "isolated-vm") expect(specifiers, `${name} is not used`).toContain(name);
      expect(text, `${name} has no reason`).toContain(`| \`${name}\``);
    }
  });

  it("has no circle of files that load one another", () => {
    expect(circles(sources)).toEqual([]);
  });

  it("notices a circle of files", () => {
    const broken = new Map([
      ["a.ts", `import { b } from "./b.ts";`],
      ["b.ts", `export { c } from "./c/c.ts";`],
      ["c/c.ts", `import { a } from "../a.ts";`],
      ["type.ts", `import type { A } from "./a.ts"; import "./later.ts";`],
      ["later.ts", `export const it = () => import("./type.ts");`],
    ]);
    expect(circles(broken)).toEqual([["a.ts", "b.ts", "c/c.ts"]]);
  });

  it("has no circular imports between parts", () => {
    const edges = new Map(parts.map(({ at, imports }) => [at, imports]));
    const visiting: string[] = [];
    const done = new Set<string>();
    const visit = (at: string): void => {
      if (done.has(at)) return;
      expect(visiting, `a circle through ${at}`).not.toContain(at);
      visiting.push(at);
      for (const next of edges.get(at) ?? []) visit(next);
      visiting.pop();
      done.add(at);
    };
    for (const { at } of parts) visit(at);
  });
});
