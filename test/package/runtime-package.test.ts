/**
 * `@isobind/runtime` as a program in production gets it: packed, installed from tarballs without a network, weighed, and run with a
 * registry that was generated for it. The generator is nowhere near.
 */
import { execFile } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { check, generate } from "../../src/generator/generate.ts";

const root = join(import.meta.dirname, "../..");
const slow = 240_000;

/** What the runtime may weigh beside isolated-vm. */
const maxBytes = 15 * 1024 * 1024;

let folder: string;
const at = (...names: string[]): string => join(folder, ...names);

async function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  const PATH = `${dirname(process.execPath)}${delimiter}${process.env["PATH"] ?? ""}`;
  const env = { ...process.env, PATH, NODE_ENV: "production" };
  const { stdout } = await promisify(execFile)(command, [...args], { cwd, env, maxBuffer: 2 ** 26 });
  return stdout.trim();
}

const pack = async (from: string): Promise<string> => {
  const args = ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder];
  return at((await run("npm", args, from)).split("\n").at(-1) ?? "");
};

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "isobind-runtime-")));
  const tarballs = [await pack(join(root, "dist-runtime")), await pack(join(root, "node_modules/acorn"))];
  mkdirSync(at("app"));
  writeFileSync(at("app/package.json"), '{ "type": "module", "private": true }\n');
  const offline = ["--offline", "--legacy-peer-deps", "--no-audit", "--no-fund", "--ignore-scripts"];
  await run("npm", ["install", ...offline, ...tarballs], at("app"));
}, slow);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bytesOf = (path: string): number =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);

describe("@isobind/runtime", () => {
  it("brings acorn and nothing else, and weighs at most 15 MB", () => {
    const installed = readdirSync(at("app/node_modules")).filter((name) => !name.startsWith("."));
    expect(installed).toEqual(["@isobind", "acorn"]);
    expect(bytesOf(at("app/node_modules"))).toBeLessThan(maxBytes);
  });

  it("is the version of isobind, with the peers that the runtime has, and no entry that is not there", async () => {
    const read = (file: string) => JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    const whole = read(join(root, "package.json"));
    const own = read(at("app/node_modules/@isobind/runtime/package.json"));
    const peers = (of: unknown) => {
      const { "@opentelemetry/api": traces, "isolated-vm": engine } = of as Record<string, unknown>;
      return { "@opentelemetry/api": traces, "isolated-vm": engine };
    };
    expect(own).toMatchObject({ name: "@isobind/runtime", version: whole["version"] });
    for (const part of ["peerDependencies", "peerDependenciesMeta"])
      expect(own[part]).toEqual(peers(whole[part]));
    for (const entry of Object.values(own["exports"] as Record<string, string | Record<string, string>>)) {
      for (const file of typeof entry === "string" ? [entry] : Object.values(entry))
        expect(statSync(at("app/node_modules/@isobind/runtime", file)).isFile()).toBe(true);
    }
    const publint = join(root, "node_modules/.bin/publint");
    expect(await run(publint, ["run", join(root, "dist-runtime"), "--strict"], root)).toContain("All good");
  });

  it("imports nothing that it does not bring", () => {
    const strange = readdirSync(at("app/node_modules/@isobind/runtime/dist"), {
      recursive: true,
      encoding: "utf8",
    })
      .filter((name) => name.endsWith(".js") && !name.endsWith("worker/text.js"))
      .flatMap((name) => {
        const text = readFileSync(at("app/node_modules/@isobind/runtime/dist", name), "utf8");
        return [...text.matchAll(/^(?:import|export) .*?from "([^."][^"]*)";$/gmu)].map(
          ([, from = ""]) => from,
        );
      })
      .filter((from) => !/^(?:node:|acorn$)/u.test(from));
    expect(strange).toEqual([]);
  });

  it(
    "runs a program whose generated code asks for it, in workers and in place",
    { timeout: slow },
    async () => {
      const project = at("app");
      writeFileSync(
        join(project, "bindings.config.ts"),
        'export default { definition: "./bindings.ts", runtimePackage: "@isobind/runtime" };\n',
      );
      writeFileSync(
        join(project, "bindings.ts"),
        `import { defineBindings } from "@isobind/runtime/define-bindings";

export default defineBindings({
  greet: (name: string) => \`Hello, \${name}!\`,
  later: async (n: number): Promise<Map<string, number>> => new Map([["n", n]]),
});
`,
      );
      writeFileSync(
        join(project, "host.ts"),
        `import { createSandbox } from "@isobind/runtime";
import { toJsonForm } from "@isobind/runtime/json-form";
import registry from "./generated/registry.ts";

for (const isolation of ["process", "none"] as const) {
  await using sandbox = await createSandbox({
    registry,
    isolation,
    declaration: new URL("generated/secure-exec.d.ts", import.meta.url),
  });
  const source = "export default [SecureExec.bindings.greet(input), await SecureExec.bindings.later(7)]";
  const result = await sandbox.run(source, { input: "Ada" });
  console.log(JSON.stringify(toJsonForm(result.status === "ok" ? result.exports.default : result.error)));
}
`,
      );
      const made = await generate(undefined, { cwd: project });
      expect(made.diagnostics).toEqual([]);
      expect(readFileSync(join(project, "generated/registry.ts"), "utf8")).toContain(
        '} from "@isobind/runtime/registry";',
      );
      expect((await check(undefined, { cwd: project })).ok).toBe(true);
      for (const name of ["isolated-vm", "node-gyp-build"])
        cpSync(join(root, "node_modules", name), join(project, "node_modules", name), { recursive: true });
      const line = '["Hello, Ada!",{"$type":"Map","entries":[["n",7]]}]';
      expect(await run(process.execPath, ["host.ts"], project)).toBe(`${line}\n${line}`);
      const facade = pathToFileURL(
        join(project, "node_modules/@isobind/runtime/dist/secure-exec/index.js"),
      ).href;
      expect(Object.keys((await import(facade)) as object)).toContain("NodeRuntime");
    },
  );
});
