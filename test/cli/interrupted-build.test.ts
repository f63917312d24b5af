/** What a command says when the build of isobind was interrupted: nothing is written, and the way out is named. */
import { existsSync } from "node:fs";
import { expect, it, vi } from "vitest";
import { files, project } from "./project.ts";
import { isobind } from "./testing-io.ts";

vi.mock(import("../../src/generator/manifest/identity.ts"), async (importOriginal) => {
  const original = await importOriginal();
  return {
    ...original,
    generatorIdentity() {
      throw new original.IncompleteBuild("The build of isobind that /dist is a part of is not whole.");
    },
  };
});

it.each([["generate"], ["check"]])("%s says so, and shows no stack", async (command) => {
  const { root, path } = project(files);
  const { code, stdout, stderr } = await isobind([command], { cwd: root });
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toBe(
    "error: the build of isobind that /dist is a part of is not whole.\n" +
      "  help: install isobind again, or run `npm run build` where it is a clone of the repository.\n",
  );
  expect(existsSync(path("generated"))).toBe(false);
});
