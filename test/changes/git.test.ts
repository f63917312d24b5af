/**
 * `--against` in repositories as hooks, containers and CI have them: linked worktrees, another owner, clones that lack a part,
 * and branches that have parted.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readAgainst } from "../../src/changes/against/against.ts";
import { parseRange } from "../../src/changes/against/merge-base.ts";
import { diff } from "../../src/changes/diff-project.ts";
import { emitContractJson } from "../../src/emit/contract-json.ts";
import { sideOf } from "../diff/sides.ts";

const textOf = (members: string): string =>
  emitContractJson(sideOf(`export interface Bindings { ${members} }`).contract);

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "isobind-git-")));
  for (const name of ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"]) vi.stubEnv(name, undefined);
  vi.stubEnv("GIT_CONFIG_GLOBAL", "/dev/null");
  vi.stubEnv("GIT_CONFIG_SYSTEM", "/dev/null");
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const git = (cwd: string, ...args: string[]): string =>
  execFileSync(
    "git",
    ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false", ...args],
    { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] },
  ).trim();
const put = (repository: string, file: string, text: string): void => {
  mkdirSync(dirname(join(repository, file)), { recursive: true });
  writeFileSync(join(repository, file), text);
};
const contractName = "packages/api/generated/contract.json";
const commit = (repository: string, members: string): string => {
  put(repository, contractName, textOf(members));
  put(repository, "packages/api/bindings.ts", `export interface Bindings { ${members} }`);
  put(repository, "packages/api/bindings.config.ts", 'export default { definition: "./bindings.ts" };\n');
  git(repository, "add", "-A");
  git(repository, "commit", "-qm", members);
  return git(repository, "rev-parse", "HEAD");
};
const create = (): string => {
  const repository = join(folder, "repository");
  mkdirSync(repository);
  git(repository, "init", "-q", "-b", "main");
  commit(repository, "greet(name: string): string");
  return repository;
};
const read = (repository: string, against: string) => {
  const root = join(repository, "packages/api");
  return readAgainst(against, { cwd: root, root, contractFile: join(repository, contractName) });
};
const problemOf = async (repository: string, against: string) => {
  const found = await read(repository, against);
  return found.ok ? "read" : `${found.problem.message} ${found.problem.help}`;
};
const greet = { ok: true, value: { text: textOf("greet(name: string): string"), mergeBase: null } };

describe("in a hook", () => {
  it("of a linked worktree, where GIT_DIR makes any folder the top of the working tree", async () => {
    const repository = create();
    const worktree = join(folder, "worktree");
    git(repository, "worktree", "add", "-q", worktree, "-b", "feature");
    vi.stubEnv("GIT_DIR", join(repository, ".git/worktrees/worktree"));
    expect(await read(worktree, "main")).toEqual(greet);
  });

  it("counts GIT_DIR and GIT_WORK_TREE where a repository is kept apart from its files", async () => {
    const repository = create();
    const files = join(folder, "files");
    const apart = join(folder, "apart.git");
    git(repository, "clone", "-q", "--bare", ".", apart);
    mkdirSync(join(files, "packages/api/generated"), { recursive: true });
    vi.stubEnv("GIT_DIR", apart);
    expect(await problemOf(files, "main")).toContain("git says: this operation must be run in a work tree");
    vi.stubEnv("GIT_WORK_TREE", files);
    expect(await read(files, "main")).toEqual(greet);
  });
});

describe("git's own reason", () => {
  it.runIf(process.getuid?.() === 0)("when the files belong to another user", async () => {
    const repository = create();
    execFileSync("chown", ["-R", "nobody", repository]);
    const said = await problemOf(repository, "main");
    expect(said).toContain(`git says: detected dubious ownership in repository at '${repository}'`);
    expect(said).toContain(`Run \`git config --global --add safe.directory ${repository}\``);
  });

  it("when a worktree's repository is not there, as in a container that mounts only the worktree", async () => {
    const repository = create();
    const worktree = join(folder, "worktree");
    git(repository, "worktree", "add", "-q", worktree, "-b", "feature");
    rmSync(repository, { recursive: true });
    expect(await problemOf(worktree, "main")).toMatch(
      /git says: not a git repository: .*worktrees\/worktree/u,
    );
  });

  it("when its configuration cannot be read", async () => {
    const repository = create();
    put(repository, ".git/config", "[core\n");
    expect(await problemOf(repository, "main")).toMatch(/git says: bad config line 1 in file/u);
  });

  it("when a partial clone cannot fetch the contract", async () => {
    const repository = create();
    git(repository, "config", "uploadpack.allowFilter", "true");
    const clone = join(folder, "clone");
    const url = pathToFileURL(repository).href;
    git(folder, "clone", "-q", "--filter=blob:none", "--no-checkout", url, clone);
    mkdirSync(join(clone, "packages/api"), { recursive: true });
    rmSync(repository, { recursive: true });
    const said = await problemOf(clone, "origin/main");
    expect(said).toMatch(/cannot be read at `origin\/main`: git says: .*promisor remote/u);
    expect(said).not.toContain("does not exist");
    expect(said).toContain("make its remote reachable");
  });

  it("when a clone is shallow and lacks the ref", async () => {
    const repository = create();
    commit(repository, "greet(name: string): string; more(): void");
    const clone = join(folder, "clone");
    git(folder, "clone", "-q", "--depth=1", pathToFileURL(repository).href, clone);
    expect(await problemOf(clone, "v1")).toMatch(/no git ref of this repository.*shallow.*`fetch-depth: 0`/u);
  });

  it("when git is a program that fails", async () => {
    const repository = create();
    put(folder, "bin/git", "#!/bin/sh\nexit 7\n");
    chmodSync(join(folder, "bin/git"), 0o755);
    vi.stubEnv("PATH", `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`);
    expect(await problemOf(repository, "main")).toContain("git ended with 7");
  });
});

describe("branches that have parted", () => {
  let repository: string;
  let base: string;
  beforeEach(() => {
    repository = create();
    base = git(repository, "rev-parse", "HEAD");
    git(repository, "checkout", "-q", "-b", "feature");
    commit(repository, "greet(name: string): string; own(): void");
    git(repository, "checkout", "-q", "main");
    commit(repository, "greet(name: string): string; added(): number");
    git(repository, "tag", "v2");
    git(repository, "checkout", "-q", "feature");
  });
  const fromBase = () => ({ ok: true, value: { ...greet.value, mergeBase: base } });
  const fromTip = {
    ok: true,
    value: { text: textOf("greet(name: string): string; added(): number"), mergeBase: null },
  };

  it.each(["main", "main...HEAD", "main...", "main...feature", "v2...HEAD"])(
    "compares with the merge base for %s",
    async (against) => {
      expect(await read(repository, against)).toEqual(fromBase());
    },
  );

  it.each(["main..HEAD", "main..", "v2", "main^0"])(
    "compares with the commit itself for %s",
    async (against) => {
      expect(await read(repository, against)).toEqual(fromTip);
    },
  );

  it("compares with a branch of a remote likewise", async () => {
    const clone = join(folder, "clone");
    git(folder, "clone", "-q", "-b", "feature", repository, clone);
    expect(await read(clone, "origin/main")).toEqual(fromBase());
  });

  it("tells which commit was compared with, and calls nothing of the other branch a removal", async () => {
    const result = await diff(undefined, { cwd: join(repository, "packages/api"), against: "main" });
    expect(result).toMatchObject({ ok: true, mergeBase: base, verdict: "minor" });
    expect(result.contracts[0]?.changes.map(({ kind }) => kind)).toEqual(["leaf-added"]);
    const exact = await diff(undefined, { cwd: join(repository, "packages/api"), against: "main..HEAD" });
    expect(exact).toMatchObject({ ok: false, mergeBase: null, verdict: "major" });
  });

  it("refuses a comparison that does not end at what is checked out", async () => {
    expect(await problemOf(repository, "feature...main")).toMatch(
      /^`feature\.\.\.main` ends at another commit than `HEAD`.*`feature\.\.\.HEAD`\.$/u,
    );
    expect(await problemOf(repository, "main...gone")).toContain("ends at no commit");
  });

  it("says that a shallow clone has no commit in common, and takes the tip where a branch was named", async () => {
    const clone = join(folder, "clone");
    git(folder, "clone", "-q", "--depth=1", "-b", "feature", pathToFileURL(repository).href, clone);
    git(clone, "fetch", "-q", "--depth=1", "origin", "main:refs/remotes/origin/main");
    expect(await problemOf(clone, "origin/main...HEAD")).toMatch(
      /no commit in common in this shallow clone.*`git fetch --unshallow`.*`origin\/main\.\.HEAD`/u,
    );
    expect(await read(clone, "origin/main")).toEqual(fromTip);
  });
});

it.each([
  ["main...HEAD", { from: "main", to: "HEAD", dots: "..." }],
  ["origin/main..", { from: "origin/main", to: "HEAD", dots: ".." }],
  ["../generated", null],
  ["./../generated", null],
  ["a/../generated", null],
  ["...", null],
  ["v1.2.0", null],
])("reads %s as a range or not", (text, range) => {
  expect(parseRange(text)).toEqual(range);
});
