/**
 * `npm run matrix [-- 22 26]`: runs all tests of the last commit under each pair of Node and isolated-vm that CI names, or under the ones of these lines of Node. Each pair has a
 * clone of its own in a temporary folder, so that the working copy and its `node_modules` stay what they are. Needs no Node but the one it is started with:
 * the package `node` brings the others.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

interface Pair {
  readonly node: string;
  readonly "isolated-vm": string;
}

/** What is hostile first, since it tells most about an engine; `rest` is all that the others do not name. */
const parts: readonly {
  readonly name: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}[] = [
  { name: "hostile", args: ["test/hostile"] },
  {
    name: "hostile, functions in the worker",
    args: ["test/hostile/hostile.test.ts"],
    env: { HOSTILE_PLACEMENT: "worker" },
  },
  { name: "runtime", args: ["test/runtime"] },
  {
    name: "rest",
    args: ["--exclude", "test/hostile/**", "--exclude", "test/runtime/**", "--exclude", "test/peers/**"],
  },
];

const root = fileURLToPath(new URL("..", import.meta.url));
const workflow = parse(readFileSync(join(root, ".github/workflows/ci.yml"), "utf8")) as {
  jobs: { check: { strategy: { matrix: { include: readonly Pair[] } } } };
};
const wanted = process.argv.slice(2);
const pairs = workflow.jobs.check.strategy.matrix.include.filter(
  ({ node }) => wanted.length === 0 || wanted.includes(node),
);
if (pairs.length === 0) throw new Error(`CI has no line of Node ${wanted.join(", ")}.`);

const outcomes = pairs.flatMap(test);
console.log(outcomes.map(({ name, ok }) => `${ok ? "ok    " : "FAILED"}  ${name}`).join("\n"));
process.exitCode = outcomes.every(({ ok }) => ok) ? 0 : 1;

function test(pair: Pair): readonly { readonly name: string; readonly ok: boolean }[] {
  const folder = mkdtempSync(join(tmpdir(), `isobind-node-${pair.node}-`));
  const title = `Node ${pair.node}, isolated-vm ${pair["isolated-vm"]}`;
  const run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): boolean => {
    const path = `${join(folder, "node_modules/.bin")}${delimiter}${process.env["PATH"] ?? ""}`;
    const options = { cwd: folder, stdio: "inherit", env: { ...process.env, PATH: path, ...env } } as const;
    return spawnSync(command, args, options).status === 0;
  };
  try {
    const isReady =
      run("git", ["clone", "--quiet", root, "."]) &&
      run("npm", ["ci"]) &&
      run("npm", [
        "install",
        "--no-save",
        "--no-package-lock",
        `node@${pair.node}`,
        `isolated-vm@${pair["isolated-vm"]}`,
      ]) &&
      run("npm", ["run", "build"]);
    if (!isReady) return [{ name: `${title}: install`, ok: false }];
    return parts.map(({ name, args, env }) => ({
      name: `${title}: ${name}`,
      ok: run("npx", ["vitest", "run", ...args], env),
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
