/**
 * The action, the workflow sample and the hooks, replayed by a plain shell in a real repository: each step's command with its
 * environment, as a runner would start it.
 */
import { execFile, execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
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
    if (step.if === "inputs.against != ''" && value("against") === "") continue;
    const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, text]) => [name, fill(text)]));
    expect(step.run, "no input is pasted into a command").not.toContain("${{");
    const ran = await shell(step.run ?? "", join(cwd, value("working-directory")), env);
    out += ran.out;
    if (ran.code !== 0) return { code: ran.code, out };
  }
  return { code: 0, out };
}

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

  it("cannot be talked into running text of its inputs", async () => {
    const made = await repository();
    const evil = "$(touch pwned); `touch pwned`; touch pwned #";
    const { code } = await replay(action, { config: evil, against: evil }, made.root);
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
