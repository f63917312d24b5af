/**
 * `npm run docs`: builds the site into `site/dist`, and fails for a link that leads nowhere. `SITE_BASE=/isobind/` is for a site that is not at
 * the root of its host.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vitepress";
import { writeApi } from "./api.ts";
import { deadLinks } from "./check-links.ts";
import { gatherPages } from "./pages.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const pages = join(root, "site/.pages");
const out = join(root, "site/dist");
const base = process.env["SITE_BASE"] ?? "/";

for (const folder of [pages, out]) rmSync(folder, { recursive: true, force: true });
mkdirSync(join(pages, ".vitepress"), { recursive: true });
gatherPages(root, pages);
await writeApi(root, join(pages, "api"));
writeFileSync(
  join(pages, ".vitepress/config.ts"),
  `import { siteConfig } from "../../config.ts";\nexport default siteConfig(${JSON.stringify(pages)}, ${JSON.stringify(out)}, ${JSON.stringify(base)});\n`,
);
await build(pages);
const dead = deadLinks(out, base);
for (const sentence of dead) console.error(sentence);
if (dead.length > 0) process.exitCode = 1;
else console.log(`Built ${out}; every link leads somewhere.`);
