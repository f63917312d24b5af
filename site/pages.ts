/** Gathers the pages: those of `docs/`, and those that are made of what lies elsewhere in the repository. */
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { architecturePicture } from "./architecture.ts";

/** Files of the repository that become pages of another name. */
const moved: Readonly<Record<string, string>> = {
  "README.md": "overview.md",
  "CHANGELOG.md": "changelog.md",
  "src/README.md": "architecture.md",
  "bench/README.md": "benchmarks.md",
};

export function gatherPages(root: string, to: string): void {
  const docs = globSync("docs/**/*.md", { cwd: root });
  for (const file of docs) put(file, file.slice("docs/".length));
  for (const [file, page] of Object.entries(moved)) put(file, page);
  for (const kind of ["diagnostics", "errors"]) write(`${kind}/index.md`, indexOf(root, kind));
  cpSync(join(root, "docs/pictures"), join(to, "public/pictures"), { recursive: true });
  cpSync(join(root, "src/playground/page/icon.svg"), join(to, "public/icon.svg"));
  for (const plot of globSync("bench/results/*.svg", { cwd: root }))
    cpSync(join(root, plot), join(to, "results", plot.split("/").at(-1) ?? plot));
  write("architecture.svg", architecturePicture());
  write("index.md", home);

  function put(file: string, page: string): void {
    const folder = dirname(file);
    write(
      page,
      withLinks(readFileSync(join(root, file), "utf8"), (target) =>
        pageOf(root, join(folder, target), dirname(page)),
      ),
    );
  }
  function write(page: string, text: string): void {
    mkdirSync(dirname(join(to, page)), { recursive: true });
    writeFileSync(join(to, page), page === "architecture.md" ? withPicture(text) : text);
  }
}

/** Relative links of a page, with the place the page has here; the word `sample=…` behind a fence is for tests. */
function withLinks(text: string, at: (target: string) => string): string {
  return text
    .replaceAll(/^(```\w+) sample=\S+.*$/gmu, "$1")
    .replaceAll(/<picture>[^]*?(<img [^]*?>)\s*<\/picture>/gu, "$1")
    .replaceAll(/<img src="([^"]+)" alt="([^"]*)"[^>]*>/gu, "![$2]($1)")
    .replaceAll(/<!--[^]*?-->\n?/gu, "")
    .replaceAll(
      /(\]\()([^)\s:#]+)(#[^)\s]*)?(\))/gu,
      (_, open: string, target: string, anchor = "", close: string) => open + at(target) + anchor + close,
    );
}

/** `docs/prompt.md` → `./prompt.md`; what is no page is named as the file it is, without a link that leads nowhere. */
function pageOf(root: string, file: string, from: string): string {
  const up = from === "." ? "./" : "../".repeat(from.split("/").length);
  const page = moved[file] ?? (file.startsWith("docs/") ? file.slice("docs/".length) : null);
  if (file.startsWith("docs/pictures/")) return `/pictures/${file.split("/").at(-1)}`;
  if (file.startsWith("bench/results/")) return `${up}results/${file.split("/").at(-1)}`;
  if (page !== null && existsSync(join(root, file)) && file.endsWith(".md")) return up + page;
  if (page !== null && existsSync(join(root, file, "README.md"))) return up + page;
  return `https://example.invalid/${file}`;
}

/** A list of the pages of a folder, each with its first sentence. */
function indexOf(root: string, kind: string): string {
  const title = kind === "errors" ? "Errors at run time" : "Findings at build time";
  const rows = globSync(`docs/${kind}/*.md`, { cwd: root })
    .sort()
    .map((file) => {
      const name = file.split("/").at(-1)?.replace(/\.md$/u, "") ?? "";
      return `- [\`${name}\`](./${name}.md)`;
    });
  return `# ${title}\n\n\`isobind explain <code>\` prints each of these pages.\n\n${rows.join("\n")}\n`;
}

function withPicture(text: string): string {
  return text.replace(
    "\n## ",
    "\n![The parts of isobind, those that import nothing at the bottom](./architecture.svg)\n\n## ",
  );
}

const home = `---
layout: home
hero:
  name: isobind
  text: Host functions for sandboxed scripts
  tagline: One typed definition becomes a registry for your program, a declaration for the authors of scripts, and the sandbox that keeps both.
  image: { light: /pictures/playground-light.png, dark: /pictures/playground-dark.png, alt: The playground }
  actions:
    - { theme: brand, text: Get started, link: /start }
    - { theme: alt, text: Overview, link: /overview }
features:
  - { title: Typed once, details: "Types are read and never executed; what crosses is checked in both directions." }
  - { title: Kept apart, details: "Scripts run in V8 isolates of worker processes, under limits nobody can switch off." }
  - { title: Told honestly, details: "Each finding and each error has a code, a place and a way out." }
---
`;
