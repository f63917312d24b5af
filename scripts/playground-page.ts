/**
 * Builds the page of the playground into `dist/playground/page`: one script, one sheet, one document. Nothing of it is loaded from elsewhere,
 * and nothing of what it is made of is installed by whoever uses it.
 */
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { licencesOf } from "./licences.ts";

export async function buildPlaygroundPage(root: string): Promise<void> {
  const from = join(root, "src/playground/page");
  const to = join(root, "dist/playground/page");
  const { metafile } = await build({
    entryPoints: [join(from, "main.ts"), join(from, "style.css")],
    outdir: to,
    bundle: true,
    minify: true,
    format: "esm",
    target: ["chrome125", "firefox126", "safari17.4"],
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
    absWorkingDir: root,
  });
  for (const file of ["index.html", "icon.svg"]) cpSync(join(from, file), join(to, file));
  const packages = new Set(
    Object.keys(metafile.inputs).flatMap(
      (input) => /^(node_modules\/(?:@[^/]+\/)?[^/]+)\//u.exec(input)?.[1] ?? [],
    ),
  );
  writeFileSync(join(to, "LICENSES.txt"), licencesOf(root, [...packages]));
}
