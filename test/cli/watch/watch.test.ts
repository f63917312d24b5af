import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { isobind } from "../testing-io.ts";
import { definition, files, project, type Project } from "../project.ts";

interface Watching extends Project {
  /** Lines of the watch so far, without times. */
  lines(): string[];
  text(): string;
  /** Resolves when `words` stand anywhere in the output. */
  prints(words: string): Promise<void>;
  /** Resolves when a line that contains `words` has come since the last call. */
  next(words: string): Promise<string>;
  stop(): Promise<number>;
}

async function watching(sample: Readonly<Record<string, string>> = files): Promise<Watching> {
  const made = project(sample);
  const controller = new AbortController();
  let text = "";
  let seen = 0;
  const done = isobind(["generate", "--watch"], {
    cwd: made.root,
    signal: controller.signal,
    onStdout: (chunk) => void (text += chunk),
  });
  const lines = (): string[] => text.split("\n").filter((line) => /^\d\d:\d\d:\d\d {2}/.test(line));
  const stop = async (): Promise<number> => {
    controller.abort();
    return (await done).code;
  };
  onTestFinished(async () => void (await stop()));
  const it: Watching = {
    ...made,
    lines,
    text: () => text,
    stop,
    async prints(words) {
      await expect.poll(() => text, { timeout: 60_000, interval: 20 }).toContain(words);
    },
    async next(words) {
      const find = (): number => lines().findIndex((line, at) => at >= seen && line.includes(words));
      await expect.poll(find, { timeout: 60_000, interval: 20 }).toBeGreaterThanOrEqual(0);
      seen = find() + 1;
      return lines()[seen - 1] ?? "";
    },
  };
  await it.next("start");
  return it;
}

describe("isobind generate --watch", () => {
  it("generates at start and after every change, one line each with its time, and stops with 0", async () => {
    const it = await watching();
    expect(existsSync(it.path("generated/registry.ts"))).toBe(true);
    it.write("bindings.ts", definition.replace("add:", "sum:"));
    const line = await it.next("bindings.ts");
    expect(line).toMatch(/^\d\d:\d\d:\d\d {2}bindings\.ts: 3 files written \(\d+ ms\)$/);
    expect(readFileSync(it.path("generated/secure-exec.d.ts"), "utf8")).toContain("readonly sum: {");
    expect(await it.stop()).toBe(0);
    expect(it.lines()).toHaveLength(2);
  });

  it("follows the dependency graph: a type in a new file, then a change of that file", async () => {
    const it = await watching();
    it.write("types.ts", "export interface Point { x: number }\n");
    it.write(
      "bindings.ts",
      `import type { Point } from "./types.ts";\n${definition.replace("math: {", "point: (p: Point) => p.x,\n  math: {")}`,
    );
    await it.next("bindings.ts");
    it.write("types.ts", "export interface Point { x: number; y: number }\n");
    await it.next("types.ts");
    expect(readFileSync(it.path("generated/secure-exec.d.ts"), "utf8")).toMatch(/y: number/);
  });

  it("survives broken input, keeps the old output whole, and recovers", async () => {
    const it = await watching();
    const before = readFileSync(it.path("generated/registry.ts"), "utf8");
    it.write("bindings.ts", "export default defineBindings({{{");
    await it.next("error");
    await it.prints("definition-syntax");
    expect(readFileSync(it.path("generated/registry.ts"), "utf8")).toBe(before);
    it.write("bindings.ts", definition.replace("add:", "then:"));
    await it.next("error");
    await it.prints("binding-name-reserved");
    it.write("bindings.ts", definition.replace("add:", "plus:"));
    await it.next(" files written");
    expect(readFileSync(it.path("generated/registry.ts"), "utf8")).toContain("plus");
  });

  it("survives a definition that vanishes and comes back under the same name", async () => {
    const it = await watching();
    renameSync(it.path("bindings.ts"), it.path("bindings.old.ts"));
    await it.next("error");
    renameSync(it.path("bindings.old.ts"), it.path("bindings.ts"));
    await it.next("bindings.ts: nothing to write");
  });

  it("waits for an import that does not exist yet", async () => {
    const it = await watching({
      ...files,
      "bindings.ts": `import type { Point } from "./later.ts";\n${definition.replace("math: {", "point: (p: Point) => p.x,\n  math: {")}`,
    });
    expect(it.lines()[0]).toContain("error");
    it.write("later.ts", "export interface Point { x: number }\n");
    await it.next("later.ts: 5 files written");
  });

  it("follows the config, broken and mended, and what it imports", async () => {
    const it = await watching();
    it.write("bindings.config.ts", "export default { definition: 7 };\n");
    await it.next("error");
    await it.prints("config-invalid");
    it.write("shared.ts", `export const outDir = "./elsewhere";\n`);
    it.write(
      "bindings.config.ts",
      `import { outDir } from "./shared.ts";\nexport default { definition: "./bindings.ts", outDir };\n`,
    );
    await it.next(" files written");
    expect(existsSync(it.path("elsewhere/registry.ts"))).toBe(true);
    it.write("shared.ts", `export const outDir = "./moved";\n`);
    await it.next("shared.ts: 5 files written");
    expect(existsSync(it.path("moved/registry.ts"))).toBe(true);
  });

  it("writes again what somebody has deleted", async () => {
    const it = await watching();
    rmSync(it.path("generated/registry.ts"));
    expect(await it.next("generated/registry.ts")).toContain("generated/registry.ts: 1 file written");
    expect(existsSync(it.path("generated/registry.ts"))).toBe(true);
    rmSync(it.path("generated"), { recursive: true });
    await it.next("5 files written");
    expect(existsSync(it.path("generated/contract.json"))).toBe(true);
  });

  it("sees every atomic save", async () => {
    const it = await watching();
    for (const name of ["one", "two", "three"]) {
      writeFileSync(it.path(".bindings.ts.swp"), definition.replace("add:", `${name}:`));
      renameSync(it.path(".bindings.ts.swp"), it.path("bindings.ts"));
      await it.next(" files written");
      expect(readFileSync(it.path("generated/registry.ts"), "utf8")).toContain(name);
    }
    rmSync(it.path("generated"), { recursive: true });
  });

  it("exits 0 when interrupted while it waits for a config that cannot be used", async () => {
    const it = await watching({});
    expect(it.text()).toContain("isobind init");
    it.write("bindings.ts", definition);
    it.write("bindings.config.ts", files["bindings.config.ts"]);
    await it.next(" files written");
    expect(await it.stop()).toBe(0);
  });
});
