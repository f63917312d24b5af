/** Looks at every link of the built site: its page must exist, and its anchor in it. */
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

/** Sentences for what leads nowhere; empty when all is well. */
export function deadLinks(site: string, base: string): readonly string[] {
  const anchors = new Map<string, ReadonlySet<string>>();
  const anchorsOf = (file: string): ReadonlySet<string> => {
    const known = anchors.get(file);
    if (known !== undefined) return known;
    const found = new Set(
      [...readFileSync(file, "utf8").matchAll(/\sid="([^"]+)"/gu)].map(([, id]) => decoded(id ?? "")),
    );
    anchors.set(file, found);
    return found;
  };
  return globSync("**/*.html", { cwd: site }).flatMap((page) => {
    const html = readFileSync(join(site, page), "utf8");
    const targets = new Set(
      [...html.matchAll(/\s(?:href|src)="([^"]+)"/gu)].map(([, target]) => decoded(target ?? "")),
    );
    return [...targets].flatMap((target) => {
      if (/^(?:[a-z]+:|\/\/)/iu.test(target)) return [];
      const [path = "", anchor = ""] = target.split("#");
      const file = fileOf(site, base, page, path);
      if (file === null) return [`${page}: ${target} leads nowhere.`];
      return anchor === "" || !file.endsWith(".html") || anchorsOf(file).has(anchor)
        ? []
        : [`${page}: ${target} has no such anchor.`];
    });
  });
}

function fileOf(site: string, base: string, page: string, path: string): string | null {
  const asked =
    path === ""
      ? join(site, page)
      : path.startsWith("/")
        ? join(site, path.slice(base.length))
        : join(site, dirname(page), path);
  const candidates = [asked, `${asked}.html`, join(asked, "index.html")];
  return candidates.find((file) => existsSync(file) && statSync(file).isFile()) ?? null;
}

function decoded(text: string): string {
  return decodeURIComponent(
    text.replaceAll("&amp;", "&").replaceAll("&#x27;", "'").replaceAll("&quot;", '"'),
  );
}
