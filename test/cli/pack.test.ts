/** `isobind pack`: what it refuses. What it writes is in `test/package/pack.test.ts`. */
import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { files, project } from "./project.ts";
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
