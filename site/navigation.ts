/** The pages of the site and their order. A page of `docs/` that is in no group stands in the last one, so that none is forgotten. */

export interface Group {
  readonly title: string;
  /** Names of pages, without `.md`. */
  readonly pages: readonly string[];
}

const groups: readonly Group[] = [
  { title: "Begin", pages: ["start", "overview", "playground"] },
  {
    title: "For platforms",
    pages: [
      "runtime",
      "values",
      "globals",
      "profiles",
      "load",
      "http-server",
      "deploy",
      "bundling",
      "secure-exec",
    ],
  },
  {
    title: "For authors of scripts",
    pages: ["scripts", "modules", "editor", "script-reference", "library", "debug", "pack", "json-form"],
  },
  {
    title: "For CI",
    pages: ["ci", "testing", "linters", "caching", "build-tools", "package-managers", "json-output"],
  },
  { title: "For models", pages: ["prompt", "ai", "mcp", "import"] },
  { title: "Runs that last", pages: ["journal", "queue"] },
  { title: "Reference", pages: ["reference", "api/index", "diagnostics/index", "errors/index"] },
  { title: "The project", pages: ["architecture", "benchmarks", "changelog"] },
];

/** The groups, with the pages that are in none at the end. */
export function groupsWith(pages: readonly string[]): readonly Group[] {
  const listed = new Set(groups.flatMap((group) => group.pages));
  const others = pages.filter((page) => !listed.has(page) && !page.includes("/") && page !== "index");
  return others.length === 0 ? groups : [...groups, { title: "More", pages: others.toSorted() }];
}
