/** Checks a folder of scripts with the carried compiler alone: `node many-child.mjs <dist> <declaration> <folder>`. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [, , dist, declaration, folder] = process.argv;
const { typecheckStored } = await import(pathToFileURL(`${dist}/scripts/typecheck/stored.js`).href);
const scripts = readdirSync(folder).map((file) => ({ file, text: readFileSync(join(folder, file), "utf8") }));
const found = await typecheckStored(scripts, readFileSync(declaration, "utf8"), {
  folder: ".",
  native: false,
});
if (found.length > 0) throw new Error(found[0].message);
