/**
 * Makes the local package `@anthropic-ai/secure-exec` of `isobind init --secure-exec`: every name of it is one of
 * `isobind/secure-exec`. Code that imports the original by its name then runs here without a change.
 */
import type { Io } from "../io.ts";
import { managerOf } from "../package-manager.ts";
import type { NewFile } from "./project.ts";

const name = "@anthropic-ai/secure-exec";
const folder = "vendor/secure-exec";
const reexport = `export * from "isobind/secure-exec";\n`;

/** The version is the one whose interface `isobind/secure-exec` has. */
const manifest = {
  name,
  version: "0.2.1",
  description: "isobind/secure-exec under the name that this project imports.",
  private: true,
  type: "module",
  exports: { ".": { types: "./index.d.ts", default: "./index.js" } },
  // A peer, because pnpm and Yarn copy the folder, and from the copy only its own dependencies can be found.
  peerDependencies: { isobind: "*" },
};

export const secureExecFiles: readonly NewFile[] = [
  {
    path: `${folder}/package.json`,
    what: `a package of the name ${name}`,
    text: `${JSON.stringify(manifest, null, 2)}\n`,
  },
  { path: `${folder}/index.js`, what: "isobind/secure-exec under that name", text: reexport },
  { path: `${folder}/index.d.ts`, what: "and its types", text: reexport },
];

/** What is left to type; `missing` are the packages that are not installed. */
export function secureExecSteps(io: Io, missing: readonly string[]): string {
  const { add, remove } = managerOf(io);
  const steps = missing.length === 0 ? [] : [`${add} ${missing.join(" ")}`];
  // The one form that all of them take.
  steps.push(`${add} ${name}@file:./${folder}`);
  const next = steps.map((step) => `  ${step}\n`).join("");
  return `Next:\n${next}To undo it: \`${remove} ${name}\`, and delete ${folder}.\n`;
}
