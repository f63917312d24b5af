import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { isobind } from "../cli/testing-io.ts";

/** A sample in a page is a file that something runs: a fence says which one, and its text is that file's. */

const root = fileURLToPath(new URL("../..", import.meta.url));
const pages = [
  "README.md",
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

interface Fence {
  readonly page: string;
  readonly language: string;
  readonly sample: string | null;
  readonly text: string;
}

const fences: readonly Fence[] = pages.flatMap((page) => {
  const text = readFileSync(join(root, page), "utf8");
  return [...text.matchAll(/^```(\w*)(?: sample=(\S+))?\n([^]*?)^```$/gm)].map((match) => ({
    page,
    language: match[1] ?? "",
    sample: match[2] ?? null,
    text: match[3] ?? "",
  }));
});

const code = new Set(["ts", "js", "json", "yaml"]);

describe("samples in the documentation", () => {
  it("are there", () => {
    expect(fences.filter(({ sample }) => sample !== null).length).toBeGreaterThan(8);
  });

  it.each(fences.filter(({ language }) => code.has(language)))(
    "$page: $language $sample is a file",
    ({ sample, text }) => {
      expect(sample, "a fence of code names its file: ```ts sample=fixtures/…").not.toBeNull();
      const file = join(root, sample ?? "");
      expect(existsSync(file), file).toBe(true);
      expect(text).toBe(readFileSync(file, "utf8"));
    },
  );

  const typed = fences
    .filter(({ language }) => language === "sh")
    .flatMap(({ page, text }) =>
      text.split("\n").flatMap((line) => commandsIn(line).map((command) => ({ page, command }))),
    );

  it.each(typed)("$page: `$command` is a command with flags that exist", async ({ command }) => {
    await expectToExist(command);
  });

  it("has README say in its first 30 lines what it is, a definition, the command, a script and the runtime", () => {
    const head = readFileSync(join(root, "README.md"), "utf8").split("\n").slice(0, 30).join("\n");
    for (const words of [
      "One typed definition",
      "defineBindings",
      "npx isobind generate",
      "SecureExec.bindings",
      "createSandbox",
      "sandbox.dispose()",
    ]) {
      expect(head).toContain(words);
    }
  });

  it("names only files that exist in links", () => {
    for (const page of [...pages, "src/README.md", ".github/CONTRIBUTING.md", ".github/SECURITY.md"]) {
      const text = readFileSync(join(root, page), "utf8");
      for (const [, target = ""] of text
        .replace(/^```[^]*?^```$/gm, "")
        .replace(/`[^`\n]*`/g, "")
        .matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)) {
        expect(existsSync(join(root, page, "..", target)), `${page} links to ${target}`).toBe(true);
      }
    }
  });

  it("lists every command in README", () => {
    const text = readFileSync(join(root, "README.md"), "utf8");
    for (const name of Object.keys(commands)) expect(text).toContain(`| \`isobind ${name}`);
  });

  it("lists every entry of the package, and every page, in README", () => {
    const text = readFileSync(join(root, "README.md"), "utf8");
    const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      exports: Readonly<Record<string, unknown>>;
    };
    for (const entry of Object.keys(exports).filter((name) => name !== "./package.json"))
      expect(text).toContain(`\`isobind${entry.slice(1)}\``);
    const [, list = ""] = text.split("\n## All pages\n");
    for (const page of pages.filter((name) => name !== "README.md")) expect(list).toContain(`](${page})`);
  });
});

/** `isobind …` and `npx isobind …` of a line, without quoted arguments and comments. */
function commandsIn(line: string): string[] {
  return [
    ...line
      .replace(/#.*$/, "")
      .replace(/^\s*npm (?:i|install) .*?(?=&&|$)/, "")
      .matchAll(/(?<!\S)(?:npx (?:--no-install )?|exec npx --no-install )?isobind ([a-z][^|&>]*)/g),
  ].map((match) => (match[1] ?? "").replace(/'[^']*'/g, "…").trim());
}

async function expectToExist(command: string): Promise<void> {
  const [name = "", ...words] = command.split(/\s+/);
  expect(Object.keys(commands)).toContain(name);
  const { stdout } = await isobind([name, "--help"]);
  for (const flag of words.filter((word) => word.startsWith("-"))) expect(stdout).toContain(flag);
}
