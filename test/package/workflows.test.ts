/**
 * The action, the workflow sample and the hooks, replayed by a plain shell in a real repository: each step's command with its
 * environment, as a runner would start it.
 */
import { execFile, execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  utimesSync,
} from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { parse } from "yaml";
import { files, project, type Project } from "../cli/project.ts";
import { isobind } from "../cli/testing-io.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (name: string): string => readFileSync(join(root, name), "utf8");

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly shell?: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

/** A committed project whose `npx isobind` is this package. */
async function repository(definition = files["bindings.ts"]): Promise<Project> {
  const made = project({ ...files, ".gitignore": "node_modules\n" });
  await isobind(["generate"], { cwd: made.root });
  mkdirSync(made.path("node_modules/.bin"));
  const bin = join(root, "dist/cli/main.js");
  chmodSync(bin, 0o755);
  symlinkSync(bin, made.path("node_modules/.bin/isobind"));
  git(made, "init", "-q", "-b", "main");
  git(made, "add", ".");
  git(made, "commit", "-qm", "first");
  made.write("bindings.ts", definition);
  return made;
}

function git({ root: cwd }: Project, ...args: string[]): string {
  const identity = ["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false"];
  return execFileSync("git", [...identity, ...args], {
    cwd,
    encoding: "utf8",
    stdio: "pipe",
    env: environment(),
  });
}

function environment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: `${dirname(process.execPath)}${delimiter}${process.env["PATH"] ?? ""}`,
    ...more,
  };
}

function shell(
  command: string,
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number; out: string }> {
  return new Promise((resolve) => {
    execFile(
      "bash",
      ["-e", "-o", "pipefail", "-c", command],
      { cwd, env: environment(env) },
      (error, stdout, stderr) => {
        resolve({
          code: error === null ? 0 : typeof error.code === "number" ? error.code : 1,
          out: stdout + stderr,
        });
      },
    );
  });
}

/** Replays an action's steps with these inputs; stops at the first that fails. */
async function replay(
  action: Action,
  inputs: Readonly<Record<string, string>>,
  cwd: string,
): Promise<{ code: number; out: string }> {
  const value = (name: string): string => inputs[name] ?? action.inputs[name]?.default ?? "";
  const fill = (text: string): string =>
    text.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name: string) => value(name));
  let out = "";
  for (const step of action.runs.steps) {
    if (step.if !== undefined && !isMet(step.if, value)) continue;
    const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, text]) => [name, fill(text)]));
    expect(step.run, "no input is pasted into a command").not.toContain("${{");
    const ran = await shell(step.run ?? "", join(cwd, value("working-directory")), env);
    out += ran.out;
    if (ran.code !== 0) return { code: ran.code, out };
  }
  return { code: 0, out };
}

/** `inputs.a != '' && inputs.b == 'true'`: all that the action's conditions say. */
function isMet(condition: string, value: (name: string) => string): boolean {
  return condition.split(" && ").every((part) => {
    const match = /^inputs\.([\w-]+) (==|!=) '([^']*)'$/.exec(part);
    expect(match, part).not.toBeNull();
    return (value(match?.[1] ?? "") === match?.[3]) === (match?.[2] === "==");
  });
}

const hasPreCommit = spawnSync("pre-commit", ["--version"]).status === 0;

const renamed = files["bindings.ts"].replace("add:", "sum:");

describe("action.yml", () => {
  const action = parse(read("action.yml")) as Action;

  it("is composite, and every step names its shell", () => {
    expect(action.runs.using).toBe("composite");
    for (const step of action.runs.steps) expect(step.shell).toBe("bash");
  });

  it("passes for a current project, and annotates a stale one", async () => {
    const made = await repository();
    expect(await replay(action, {}, made.root)).toMatchObject({ code: 0 });
    made.write("bindings.ts", renamed);
    const { code, out } = await replay(action, { config: "bindings.config.ts" }, made.root);
    expect(code).toBe(1);
    expect(out).toMatch(/^::error file=generated\/registry\.ts,title=isobind output-stale::/m);
  });

  it("fails for a breaking change against a ref, unless told otherwise", async () => {
    const made = await repository(renamed);
    await isobind(["generate"], { cwd: made.root });
    const breaking = await replay(action, { against: "main" }, made.root);
    expect(breaking.code).toBe(1);
    expect(breaking.out).toContain("::error");
    expect((await replay(action, { against: "main", "fail-on": "none" }, made.root)).code).toBe(0);
  });

  it("works in the folder it is told, as in a repository of several packages", async () => {
    const made = await repository();
    const folder = basename(made.root);
    expect(await replay(action, { "working-directory": folder }, dirname(made.root))).toMatchObject({
      code: 0,
    });
    made.write("bindings.ts", renamed);
    const { code, out } = await replay(action, { "working-directory": folder }, dirname(made.root));
    expect(code).toBe(1);
    expect(out).toContain("file=generated/registry.ts");
  });

  it("type-checks scripts, and says which ones a change breaks, as annotations and on the page of the run", async () => {
    const made = await repository(renamed);
    await isobind(["generate"], { cwd: made.root });
    made.write("scripts/a b.ts", "SecureExec.bindings.math.sum(1, 2);\n");
    made.write("scripts/old.ts", "SecureExec.bindings.math.add(1, 2);\n");
    const good = await replay(action, { scripts: "scripts/a b.ts\n" }, made.root);
    expect(good, good.out).toMatchObject({ code: 0 });
    const bad = await replay(action, { scripts: "scripts/a b.ts\nscripts/old.ts" }, made.root);
    expect(bad.code).toBe(1);
    expect(bad.out).toMatch(/^::error file=scripts\/old\.ts,line=1/m);

    made.write("scripts/old.ts", "SecureExec.bindings.math.sum(1, 2);\n");
    made.write("added.ts", "await SecureExec.bindings.math.later(1);\n");
    const summary = made.path("summary.md");
    vi.stubEnv("GITHUB_STEP_SUMMARY", summary);
    onTestFinished(() => void vi.unstubAllEnvs());
    const compared = await replay(action, { against: "main", scripts: "scripts\nadded.ts" }, made.root);
    expect(compared.code, compared.out).toBe(1);
    expect(compared.out).toContain("contract-breaking");
    expect(readFileSync(summary, "utf8")).toContain("`math.sum`");
    const quiet = await replay(action, { against: "main", summary: "false", "fail-on": "none" }, made.root);
    expect(quiet.code).toBe(0);
    expect(readFileSync(summary, "utf8").match(/^## /gm)).toHaveLength(1);
  });

  it("looks at the contract and the profile it is told", async () => {
    const made = await repository();
    for (const inputs of [{ contract: "other" }, { profile: "other", against: "main" }]) {
      const { code, out } = await replay(action, inputs, made.root);
      expect(code, out).not.toBe(0);
      expect(out).toContain("other");
    }
    expect(await replay(action, { contract: "bindings", against: "main" }, made.root)).toMatchObject({
      code: 0,
    });
  });

  it("cannot be talked into running text of its inputs", async () => {
    const made = await repository();
    const evil = "$(touch pwned); `touch pwned`; touch pwned #";
    const { code } = await replay(
      action,
      { config: evil, against: evil, scripts: evil, contract: evil, profile: evil },
      made.root,
    );
    await replay(action, { against: evil, scripts: `${evil}\n${evil}`, profile: evil }, made.root);
    expect(code).not.toBe(0);
    expect(readdirSync(made.root)).not.toContain("pwned");
  });
});

describe("the samples for CI", () => {
  it("the workflow's isobind steps run as they are", async () => {
    const { jobs } = parse(read("docs/samples/workflow.yml")) as {
      jobs: { check: { steps: readonly Step[] } };
    };
    const commands = jobs.check.steps.flatMap(({ run }) => (run?.includes("isobind") ? [run] : []));
    expect(commands).toHaveLength(2);
    const made = await repository();
    for (const command of commands) {
      const ran = await shell(command.replace("origin/${{ github.base_ref }}", "main"), made.root);
      expect(ran.code, ran.out).toBe(0);
    }
  });

  it("the hook refuses a commit with stale output, and lets a current one through", async () => {
    const made = await repository(renamed);
    copyFileSync(join(root, "docs/samples/pre-commit"), made.path(".git/hooks/pre-commit"));
    chmodSync(made.path(".git/hooks/pre-commit"), 0o755);
    git(made, "add", ".");
    expect(() => git(made, "commit", "-qm", "stale")).toThrow(/output-stale/);
    await isobind(["generate"], { cwd: made.root });
    git(made, "add", ".");
    git(made, "commit", "-qm", "current");
    expect(git(made, "log", "--format=%s")).toBe("current\nfirst\n");
  });

  it("the pre-commit framework's sample runs the same command", async () => {
    const { repos } = parse(read("docs/samples/pre-commit-config.yaml")) as {
      repos: { hooks: { entry: string; pass_filenames: boolean }[] }[];
    };
    const [hook] = repos[0]?.hooks ?? [];
    expect(hook?.pass_filenames).toBe(false);
    const made = await repository();
    expect((await shell(hook?.entry ?? "", made.root)).code).toBe(0);
  });

  // A program of its own, in Python; without it, the sample's command is all that is tried, above.
  it.skipIf(!hasPreCommit)(
    "the pre-commit framework itself refuses and passes commits by the sample",
    async () => {
      const made = await repository(renamed);
      copyFileSync(join(root, "docs/samples/pre-commit-config.yaml"), made.path(".pre-commit-config.yaml"));
      const home = { PRE_COMMIT_HOME: made.path("node_modules/.pre-commit") };
      expect((await shell("pre-commit validate-config && pre-commit install", made.root, home)).code).toBe(0);
      const commit = (message: string): Promise<{ code: number; out: string }> =>
        shell(
          `git add . && git -c user.name=a -c user.email=a@b.c -c commit.gpgsign=false commit -qm ${message}`,
          made.root,
          home,
        );
      const stale = await commit("stale");
      expect(stale.code).not.toBe(0);
      expect(stale.out).toMatch(/isobind check\.+Failed/);
      expect(stale.out).toContain("output-stale");
      await isobind(["generate"], { cwd: made.root });
      const current = await commit("current");
      expect(current.out).toMatch(/isobind check\.+Passed/);
      expect(git(made, "log", "--format=%s")).toBe("current\nfirst\n");
    },
  );

  it("the cache step names the folder in which isobind keeps its memory, and files that exist", async () => {
    const steps = parse(read("docs/samples/cache-step.yml")) as { with: { path: string; key: string } }[];
    const made = await repository();
    // As in a check-out: a file that is as new as the run itself is not remembered.
    for (const name of Object.keys(files)) utimesSync(made.path(name), 1_700_000_000, 1_700_000_000);
    expect((await shell("npx --no-install isobind generate --force", made.root)).code).toBe(0);
    expect(readdirSync(made.path(steps[0]?.with.path ?? "")).length).toBeGreaterThan(0);
    // What the key is made of must change when the outcome may: config, definition and what it imports, versions.
    for (const name of ["package-lock.json", "bindings.config.ts", "bindings.ts"])
      expect(steps[0]?.with.key).toContain(name);
    // A job that restores it knows the outcome without reading types.
    const restored = await shell("npx --no-install isobind check --verbose", made.root);
    expect(restored.code, restored.out).toBe(0);
    expect(restored.out).not.toMatch(/^.*\bread\b.*ms/m);
  });

  it("the matrix names pairs of Node and engine that fit, and hands both to the run", () => {
    const { jobs } = parse(read(".github/workflows/ci.yml")) as {
      jobs: {
        check: {
          strategy: { matrix: { include: { node: string; "isolated-vm": string }[] } };
          steps: readonly Step[];
        };
      };
    };
    const { include } = jobs.check.strategy.matrix;
    expect(include.map(({ node }) => node)).toEqual(["22", "24", "26"]);
    for (const { node, "isolated-vm": engine } of include)
      expect(engine.startsWith(Number(node) < 24 ? "6.2." : "7."), node).toBe(true);
    const env = jobs.check.steps.find(({ run }) => run === "bash .ci/run")?.env ?? {};
    expect(env).toEqual({ ISOBIND_NODE: "${{ matrix.node }}", ISOBIND_ENGINE: "${{ matrix.isolated-vm }}" });
    for (const name of Object.keys(env)) expect(read(".ci/run")).toContain(name);
  });

  it("pins every action by its full commit, with the tag beside it", () => {
    const workflows = readdirSync(join(root, ".github/workflows")).map((name) => `.github/workflows/${name}`);
    for (const name of [...workflows, "docs/samples/workflow.yml"]) {
      for (const [line] of read(name).matchAll(/uses: .*/g))
        expect(line, name).toMatch(/@[0-9a-f]{40} # v\d/);
    }
  });

  it("the workflow of this repository names only scripts that exist", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const text = read(".ci/run") + read(".github/workflows/ci.yml");
    for (const [, name = ""] of text.matchAll(/npm run (?:--silent )?([\w:]+)/g))
      expect(Object.keys(scripts)).toContain(name);
    expect(read(".github/workflows/ci.yml")).toContain("bash .ci/run");
  });
});
