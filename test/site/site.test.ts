/** The documentation site, as far as it needs none of its own packages: `npm run docs` builds it whole. */
import { globSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { architecturePicture } from "../../site/architecture.ts";
import { deadLinks } from "../../site/check-links.ts";
import { groupsWith } from "../../site/navigation.ts";
import { gatherPages } from "../../site/pages.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

it("has a place for every page of docs/", () => {
  const to = mkdtempSync(join(tmpdir(), "isobind-site-"));
  gatherPages(root, to);
  const made = globSync("**/*.md", { cwd: to });
  expect(made).toEqual(
    expect.arrayContaining(["start.md", "overview.md", "architecture.md", "errors/index.md"]),
  );
  for (const file of globSync("docs/**/*.md", { cwd: root }))
    expect(made).toContain(file.slice("docs/".length));
  const listed = groupsWith(["start", "brand-new"]).flatMap(({ pages }) => pages);
  expect(new Set(listed).size).toBe(listed.length);
  expect(listed).toEqual(expect.arrayContaining(["start", "brand-new"]));
  const overview = readFileSync(join(to, "overview.md"), "utf8");
  expect(overview).toContain("](./playground.md)");
  expect(overview).toContain("(/pictures/playground-light.png)");
  expect(overview).not.toContain("sample=");
});

it("finds a link that leads nowhere, and an anchor that is not there", () => {
  const site = mkdtempSync(join(tmpdir(), "isobind-site-"));
  const write = (name: string, html: string): void => {
    mkdirSync(dirname(join(site, name)), { recursive: true });
    writeFileSync(join(site, name), html);
  };
  write(
    "index.html",
    `<a href="/base/a/b.html#one">1</a><a href="a/b">2</a><a href="https://x.example">3</a><img src="/base/p.svg">`,
  );
  write("a/b.html", `<h2 id="one">One</h2><a href="../index.html#none">4</a><a href="c.html">5</a>`);
  expect(deadLinks(site, "/base/").toSorted()).toEqual([
    "a/b.html: ../index.html#none has no such anchor.",
    "a/b.html: c.html leads nowhere.",
    "index.html: /base/p.svg leads nowhere.",
  ]);
});

it("draws every part of the house", () => {
  const picture = architecturePicture();
  for (const part of ["model", "read", "emit", "runtime", "cli", "playground"])
    expect(picture).toContain(`>${part}</text>`);
});

it("is deployed by pinned actions that may do no more than they must", () => {
  const workflow = parse(readFileSync(join(root, ".github/workflows/pages.yml"), "utf8")) as {
    permissions: object;
    jobs: Record<string, { permissions?: object; steps: { uses?: string }[] }>;
  };
  expect(workflow.permissions).toEqual({ contents: "read" });
  expect(workflow.jobs["build"]?.permissions).toBeUndefined();
  const used = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []));
  for (const action of used) expect(action).toMatch(/^actions\/[\w-]+@[0-9a-f]{40}$/u);
});
