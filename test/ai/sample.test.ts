/** The sample of the page, in a program of its own: the installed package, a mock model that has to mend its script. */
import { spawnSync } from "node:child_process";
import { cpSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { manifest, project } from "../cli/project.ts";
import { isobind } from "../cli/testing-io.ts";

const root = join(import.meta.dirname, "../..");

it("docs/ai.md: a model asks the shop", async () => {
  const made = project({ "package.json": manifest });
  cpSync(join(root, "fixtures/shop"), made.root, { recursive: true });
  cpSync(join(root, "test/ai/model.ts"), made.path("model.ts"));
  symlinkSync(join(root, "node_modules/ai"), made.path("node_modules/ai"));
  expect((await isobind(["generate"], { cwd: made.root })).code).toBe(0);
  made.write(
    "main.ts",
    `import { ask, close } from "./agent.ts";
import { modelOf, told } from "./model.ts";
const model = modelOf(
  { script: "export default SecureExec.bindings.stock.cuont('apple');" },
  { script: "export default await SecureExec.bindings.stock.count('apple');" },
  { text: "There are three." },
);
console.log(await ask(model, "How many apples are there?"));
console.log(JSON.stringify(told(model).map(({ type }) => type)));
await close();
`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, ["main.ts"], { cwd: made.root, encoding: "utf8" });
  expect([stdout, stderr]).toEqual([`There are three.\n["error-text","text"]\n`, ""]);
});
