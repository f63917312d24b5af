/** Which generator a record is of: two builds of one version are two generators. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, it } from "vitest";
import { stampBuild } from "../../../scripts/stamp.ts";

const root = mkdtempSync(join(tmpdir(), "isobind-identity-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const source = (name: string): string =>
  readFileSync(new URL(`../../../src/${name}.ts`, import.meta.url), "utf8");

/** An installed package of version 1.2.3, whose emitter has this text. */
async function identityOf(name: string, emitter: string, isWhole = true): Promise<string> {
  const folder = join(root, name);
  const manifest = join(folder, "dist/generator/manifest");
  mkdirSync(manifest, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "version": "1.2.3", "type": "module" }');
  mkdirSync(join(folder, "dist/files"));
  writeFileSync(join(manifest, "identity.js"), stripTypeScriptTypes(source("generator/manifest/identity")));
  writeFileSync(join(folder, "dist/files/upward.ts"), source("files/upward"));
  writeFileSync(join(folder, "dist/emit.js"), emitter);
  if (isWhole) stampBuild(join(folder, "dist"));
  const file = pathToFileURL(join(manifest, "identity.js")).href;
  const { generatorIdentity } = (await import(file)) as { generatorIdentity(): string };
  return generatorIdentity();
}

it("tells two builds of one version apart, and no two installs of one build", async () => {
  const first = await identityOf("first", "export const emit = 1;");
  expect(first).toMatch(/^1\.2\.3\+[0-9a-f]{16}$/u);
  expect(await identityOf("again", "export const emit = 1;")).toBe(first);
  // Built where a stamp is already.
  stampBuild(join(root, "again/dist"));
  expect(readFileSync(join(root, "again/dist/stamp.txt"), "utf8")).toBe(first);
  expect(await identityOf("second", "export const emit = 2;")).not.toBe(first);
});

it("says of a build that was interrupted that it is not whole, and what to do", async () => {
  await expect(identityOf("interrupted", "", false)).rejects.toMatchObject({
    name: "IncompleteBuild",
    message: expect.stringMatching(
      /^The build of isobind that .+ is not whole: it has no stamp\.txt\.$/u,
    ) as string,
    help: expect.stringContaining("Install isobind again") as string,
  });
});
