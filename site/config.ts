/** How VitePress shows the pages: their order, a search that needs no server, and nothing from elsewhere. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { UserConfig } from "vitepress";
import { groupsWith } from "./navigation.ts";

export function siteConfig(pages: string, outDir: string, base: string): UserConfig {
  return {
    title: "isobind",
    description:
      "Host functions for sandboxed scripts: a registry, a declaration, and the sandbox that keeps both.",
    base,
    outDir,
    cleanUrls: false,
    head: [["link", { rel: "icon", href: `${base}icon.svg` }]],
    // Files of the repository that are no pages are named by an address that exists nowhere; `check-links.ts` looks at all others.
    ignoreDeadLinks: [/^https:\/\/example\.invalid\//u],
    // What looks like HTML in a page is meant as text: `Promise<T>`, `<script>`.
    markdown: { html: false, anchor: { slugify }, config: (md) => void md.use(withoutOutside) },
    themeConfig: {
      logo: "/icon.svg",
      search: { provider: "local" },
      outline: [2, 3],
      nav: [
        { text: "Start", link: "/start" },
        { text: "Playground", link: "/playground" },
        { text: "API", link: "/api/" },
      ],
      sidebar: [
        ...groupsWith(globSync("*.md", { cwd: pages }).map((file) => file.replace(/\.md$/u, ""))).map(
          ({ title, pages: names }) => ({
            text: title,
            items: names
              .filter((name) => existsSync(join(pages, `${name}.md`)))
              .map((name) => ({
                text: titleOf(join(pages, `${name}.md`)),
                link: `/${name.replace(/index$/u, "")}`,
              })),
          }),
        ),
      ],
    },
  };
}

/** As GitHub makes anchors of headings, so that a link holds in both places: `From 0.3` → `from-03`. */
function slugify(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(/\s/gu, "-");
}

function titleOf(file: string): string {
  const title = /^# (.+)$/mu.exec(readFileSync(file, "utf8"))?.[1] ?? file;
  return title === "isobind" ? "Overview" : title.replaceAll("`", "");
}

interface Markdown {
  readonly core: { readonly ruler: { push(name: string, rule: (state: State) => void): void } };
}

interface State {
  readonly tokens: readonly Token[];
}

interface Token {
  type: string;
  tag: string;
  readonly children: readonly Token[] | null;
  attrGet(name: string): string | null;
  attrs: [string, string][] | null;
}

/** A link to a file that is no page becomes its words. */
function withoutOutside(md: Markdown): void {
  md.core.ruler.push("without-outside", ({ tokens }) => {
    for (const { children } of tokens) {
      let isOutside = false;
      for (const token of children ?? []) {
        if (
          token.type === "link_open" &&
          token.attrGet("href")?.startsWith("https://example.invalid/") === true
        )
          isOutside = true;
        else if (!(isOutside && token.type === "link_close")) continue;
        if (token.type === "link_close") isOutside = false;
        token.tag = "span";
        token.attrs = null;
      }
    }
  });
}
