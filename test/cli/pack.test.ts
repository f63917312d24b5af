/** `isobind pack`: what it refuses. What it writes is in `test/package/pack.test.ts`. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { files, project } from "./project.ts";
import { writePackage } from "../../src/cli/pack/write.ts";
import { isobind } from "./testing-io.ts";

it("never replaces a folder that holds the project, whatever is said", async () => {
  const made = project({ ...files, "package.json": `{ "name": "shop", "type": "module", "isobind": {} }` });
  expect((await isobind(["generate"], { cwd: made.root })).code).toBe(0);
  for (const [out, ...flags] of [["."], [".", "--force"], ["generated", "--force"]] as const) {
    const ran = await isobind(["pack", "--out", out, ...flags], { cwd: made.root });
    expect(ran, out).toMatchObject({ code: 2, stdout: "" });
    expect(ran.stderr).toContain(`\`${out}\` holds the project itself`);
  }
  expect(existsSync(made.path("generated/contract.json"))).toBe(true);
});

it("puts the old package back when the new one cannot take its place, and says why in words", () => {
  const root = mkdtempSync(join(tmpdir(), "isobind-pack-"));
  const folder = join(root, "pack");
  writePackage(folder, [{ name: "package.json", text: "old" }]);
  let times = 0;
  const second = (from: string, to: string): void => {
    if (++times === 2) throw Object.assign(new Error("no"), { code: "EACCES" });
    renameSync(from, to);
  };
  const replacing = (): void =>
    writePackage(folder, [{ name: "package.json", text: "new" }], second as typeof renameSync);
  expect(replacing).toThrow("`pack` cannot be written: permission was denied.");
  expect(readFileSync(join(folder, "package.json"), "utf8")).toBe("old");
  expect(readdirSync(root)).toEqual(["pack"]);

  writePackage(folder, [{ name: "package.json", text: "new" }]);
  expect(readFileSync(join(folder, "package.json"), "utf8")).toBe("new");
  expect(readdirSync(root)).toEqual(["pack"]);
});

it("says what is in the way of a package, and exits with 2", async () => {
  const made = project({ ...files, "package.json": `{ "name": "shop", "type": "module" }` });
  expect((await isobind(["generate"], { cwd: made.root })).code).toBe(0);
  writeFileSync(made.path("file"), "");
  const ran = await isobind(["pack", "--out", "file/pack"], { cwd: made.root });
  expect(ran).toMatchObject({ code: 2, stdout: "" });
  expect(ran.stderr).toContain("`pack` cannot be written: a file is where a folder should be.");
});
