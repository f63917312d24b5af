/**
 * Licences of packages whose code is in the build.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Their authors ask that it goes with every copy. */
export function licencesOf(root: string, folders: readonly string[]): string {
  return [...folders]
    .sort()
    .map((folder) => licenceOf(root, folder))
    .join("\n\n");
}

function licenceOf(root: string, folder: string): string {
  const { name, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as {
    readonly name: string;
    readonly license?: string;
  };
  const file = readdirSync(join(root, folder)).find((one) => /^licen[cs]e/iu.test(one));
  if (file === undefined) throw new Error(`${name} has no file of its licence.`);
  return `${name} (${license ?? "see below"})\n\n${readFileSync(join(root, folder, file), "utf8").trim()}\n`;
}
