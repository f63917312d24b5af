/** What `docs/prompt.md` shows is counted and printed, not remembered. `UPDATE_GOLDENS=1` writes it there. */
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { contractData } from "../../src/model/file/serialize.ts";
import { prompt } from "../../src/prompt/index.ts";
import { loadTokenizer } from "../../src/prompt/tokens.ts";
import { contractOfSize, toolsText } from "./sizes.ts";

const page = new URL("../../docs/prompt.md", import.meta.url);

const sizes = [
  ["10 bindings", [10]],
  ["64 bindings", [64]],
  ["5 contracts of 64", [64, 64, 64, 64, 64]],
] as const;

it("shows what a prompt costs beside the same functions as tools", async () => {
  const count = await loadTokenizer();
  const rows = await Promise.all(
    sizes.map(async ([name, leaves]) => {
      const contracts = leaves.map(contractOfSize);
      const sum = async (
        cost: (contract: (typeof contracts)[number]) => number | Promise<number>,
      ): Promise<number> => (await Promise.all(contracts.map(cost))).reduce((all, one) => all + one, 0);
      const within = (budget: number) =>
        sum(async (contract) => (await prompt(contractData(contract) as object, { budget })).tokens);
      const tools = await sum((contract) => count(toolsText(contract, false)));
      const described = await sum((contract) => count(toolsText(contract, true)));
      const whole = await within(1_000_000);
      const share = Math.floor(2_000 / contracts.length);
      return [name, tools, described, whole, await within(share)] as const;
    }),
  );
  const table = [
    "| API | tools | tools with `outputSchema` | `prompt`, everything | `prompt`, budget 2,000 in all |",
    "|---|---|---|---|---|",
    ...rows.map(
      ([name, ...tokens]) =>
        `| ${[name, ...tokens.map((number) => number.toLocaleString("en"))].join(" | ")} |`,
    ),
  ].join("\n");
  expectOnPage("tokens", table);
  for (const [, , described, whole, budgeted] of rows) {
    expect(whole).toBeLessThan(described);
    expect(budgeted).toBeLessThanOrEqual(2_000);
  }
});

it("shows the API of the first project, and the index of what does not fit", async () => {
  const contract = new URL("../../fixtures/quickstart/generated/contract.json", import.meta.url);
  const { text } = await prompt(contract);
  expectOnPage("api", `\`\`\`typescript\n${text}\`\`\``);
  const short = await prompt(contractData(contractOfSize(64)) as object, { budget: 1_000 });
  const index = short.text.slice(short.text.indexOf("// "));
  expectOnPage("index", `\`\`\`typescript\n${index}\`\`\``);
});

it("has a sample that runs", async () => {
  const file = fileURLToPath(new URL("../../fixtures/quickstart/prompt.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--no-warnings", file]);
  expect(stdout).toContain("declare const SecureExec: { bindings: SecureExec.Bindings };");
  expect(stdout).toContain("db.query: ");
});

function expectOnPage(name: string, block: string): void {
  const text = readFileSync(page, "utf8");
  const place = new RegExp(`(<!-- ${name} -->)[^]*?(<!-- /${name} -->)`, "u");
  const wanted = text.replace(place, (_, open: string, close: string) => `${open}\n\n${block}\n\n${close}`);
  if (process.env["UPDATE_GOLDENS"] === "1") writeFileSync(page, wanted);
  else expect(text).toBe(wanted);
}
