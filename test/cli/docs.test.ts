import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { files, project } from "./project.ts";
import { isobind } from "./testing-io.ts";

it("isobind docs prints Markdown, and writes HTML to a file of that name", async () => {
  const { root, path } = project(files);
  const early = await isobind(["docs"], { cwd: root });
  expect(early.code).toBe(2);
  expect(early.stderr).toContain("run `isobind generate` first");
  await isobind(["generate"], { cwd: root });
  const { code, stdout } = await isobind(["docs"], { cwd: root });
  expect(code).toBe(0);
  expect(stdout).toContain('### <a id="binding-greet"></a>`greet`');
  expect(stdout).toContain("Greets someone by name.");
  const written = await isobind(["docs", "--out", "site/api.html", "--title", "My API"], { cwd: root });
  expect([written.code, written.stdout]).toEqual([0, "site/api.html: 4 bindings, 0 types\n"]);
  const html = readFileSync(path("site/api.html"), "utf8");
  expect(html).toMatch(/^<!doctype html>/u);
  expect(html).toContain("<title>My API</title>");
});

it("isobind docs says what changed since another contract", async () => {
  const { root, write, path } = project(files);
  await isobind(["generate"], { cwd: root });
  write(
    "old.json",
    readFileSync(path("generated/contract.json"), "utf8").replace("Greets someone by name.", "Greets."),
  );
  const { stdout } = await isobind(["docs", "--against", "old.json"], { cwd: root });
  expect(stdout).toContain("## Changes since `old.json`");
  expect(stdout).toContain("docs since `old.json`");
  const missing = await isobind(["docs", "--against", "none.json"], { cwd: root });
  expect(missing.code).toBe(2);
  expect(missing.stderr).toContain("`none.json` does not exist.");
  write("bad.json", "{}");
  const bad = await isobind(["docs", "--against", "bad.json"], { cwd: root });
  expect(bad.code).toBe(2);
  expect(bad.stderr).toContain("`bad.json` cannot be read");
});

it("isobind docs wants a name that says what the file is, or the format", async () => {
  const { root } = project(files);
  await isobind(["generate"], { cwd: root });
  const { code, stderr } = await isobind(["docs", "--out", "api.pdf"], { cwd: root });
  expect(code).toBe(2);
  expect(stderr).toContain("`--out api.pdf` does not say by its name what it is.");
  const said = await isobind(["docs", "--out", "api.txt", "--format", "markdown"], { cwd: root });
  expect(said.code).toBe(0);
});

it("isobind docs says why a file cannot be written, and leaves what is there alone", async () => {
  const { root, write } = project(files);
  write("taken", "a file");
  await isobind(["generate"], { cwd: root });
  const { code, stderr } = await isobind(["docs", "--out", "taken/api.md"], { cwd: root });
  expect(code).toBe(2);
  expect(stderr).toContain("`taken/api.md` cannot be written: a file is where a folder should be.");
});
