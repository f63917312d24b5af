/**
 * Makes the local package `@anthropic-ai/secure-exec` of `isobind init --secure-exec`: every name of it is one of
 * `isobind/secure-exec`. Code that imports the original by its name then runs here without a change.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readText } from "../../files/read-text.ts";
import { upward } from "../../files/upward.ts";
import type { Io } from "../io.ts";
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

type Manager = "npm" | "pnpm" | "yarn";

const commands: Readonly<Record<Manager, { readonly add: string; readonly remove: string }>> = {
  npm: { add: "npm i", remove: "npm rm" },
  pnpm: { add: "pnpm add", remove: "pnpm remove" },
  yarn: { add: "yarn add", remove: "yarn remove" },
};

/** What is left to type; `missing` are the packages that are not installed. */
export function secureExecSteps(io: Io, missing: readonly string[]): string {
  const { add, remove } = commands[managerOf(io)];
  const steps = missing.length === 0 ? [] : [`${add} ${missing.join(" ")}`];
  // The one form that all of them take.
  steps.push(`${add} ${name}@file:./${folder}`);
  const next = steps.map((step) => `  ${step}\n`).join("");
  return `Next:\n${next}To undo it: \`${remove} ${name}\`, and delete ${folder}.\n`;
}

/** By the files that a manager leaves here or in a folder above; else the one that started this command; else npm. */
function managerOf(io: Io): Manager {
  for (const folder of upward(io.cwd)) {
    const found = managerIn(folder);
    if (found !== null) return found;
  }
  const agent = io.env["npm_config_user_agent"] ?? "";
  return agent.startsWith("pnpm/") ? "pnpm" : agent.startsWith("yarn/") ? "yarn" : "npm";
}

const traces: readonly (readonly [file: string, Manager])[] = [
  ["pnpm-lock.yaml", "pnpm"],
  ["pnpm-workspace.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  [".yarnrc.yml", "yarn"],
  ["package-lock.json", "npm"],
];

function managerIn(folder: string): Manager | null {
  const manifest = readText(join(folder, "package.json")) ?? "";
  const declared = /"packageManager"\s*:\s*"(npm|pnpm|yarn)@/.exec(manifest)?.[1];
  if (declared !== undefined) return declared as Manager;
  return traces.find(([file]) => existsSync(join(folder, file)))?.[1] ?? null;
}
