import { existsSync, readFileSync } from "node:fs";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { cli } from "../../src/cli/cli.ts";
import { manifest, project } from "./project.ts";
import { isobind } from "./testing-io.ts";

const written = ["bindings.config.ts", "bindings.ts", "scripts/hello.ts", "scripts/tsconfig.json"];

describe("isobind init", () => {
  it("writes a project that generates, type-checks and runs", async () => {
    const { root, path } = project({ "package.json": manifest });
    const { code, stdout } = await isobind(["init", "--yes"], { cwd: root });
    expect(code).toBe(0);
    for (const name of written) {
      expect(existsSync(path(name))).toBe(true);
      expect(stdout).toContain(name);
    }
    expect((await isobind(["generate"], { cwd: root })).code).toBe(0);
    expect(await isobind(["typecheck", "scripts"], { cwd: root })).toMatchObject({ code: 0 });
    const ran = await isobind(["run", "scripts/hello.ts"], { cwd: root });
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stdout).toContain("Hello, world!");
    expect(stdout).toContain("npx isobind run scripts/hello.ts");
  });

  it("changes nothing that exists, and says so", async () => {
    const { root, path } = project({ "package.json": manifest, "bindings.ts": "// mine\n" });
    const { code, stdout } = await isobind(["init", "--yes"], { cwd: root });
    expect(code).toBe(0);
    expect(readFileSync(path("bindings.ts"), "utf8")).toBe("// mine\n");
    expect(readFileSync(path("package.json"), "utf8")).toBe(manifest);
    expect(stdout).toMatch(/kept +bindings\.ts +it exists; not touched/);
    expect(stdout).toMatch(/wrote +bindings\.config\.ts/);
  });

  it("names what is left to do: packages and the module type", async () => {
    const { root } = project({ "package.json": `{ "type": "commonjs" }` });
    const { stdout } = await isobind(["init", "--yes"], { cwd: root });
    expect(stdout).toContain("npm i isolated-vm");
    expect(stdout).toContain("npm pkg set type=module");
  });

  it("asks on a terminal where things go", async () => {
    const { root, path } = project({ "package.json": manifest });
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    const stderr = Object.assign(new PassThrough(), { isTTY: false });
    let asked = "";
    stderr.on("data", (chunk: Buffer) => {
      asked += chunk.toString();
      if (asked.endsWith("[bindings.ts] ")) stdin.write("src\n");
      if (asked.endsWith("[generated] ")) stdin.write("\n");
      if (asked.endsWith("[scripts] ")) stdin.write("customers/scripts/\n");
    });
    const code = await cli(["init"], {
      cwd: root,
      env: {},
      stdin,
      stdout: { write: () => {} },
      stderr,
      interrupt: () => new AbortController().signal,
    });
    expect(code).toBe(0);
    expect(readFileSync(path("bindings.config.ts"), "utf8")).toContain(`definition: "./src/bindings.ts"`);
    expect(readFileSync(path("customers/scripts/tsconfig.json"), "utf8")).toContain(
      "../../generated/secure-exec.d.ts",
    );
    expect((await isobind(["generate"], { cwd: root })).code).toBe(0);
    expect((await isobind(["run", "customers/scripts/hello.ts"], { cwd: root })).code).toBe(0);
  });
});
