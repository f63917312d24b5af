/** The package manager of a project, in the words that are typed in a terminal; and whether a package can be found there. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { readText } from "../files/read-text.ts";
import { upward } from "../files/upward.ts";
import type { Io } from "./io.ts";

export interface Manager {
  /** `npm i`, in front of packages. */
  readonly add: string;
  readonly remove: string;
  /** `npx isobind`. */
  readonly isobind: string;
}

const managers = {
  npm: { add: "npm i", remove: "npm rm", isobind: "npx isobind" },
  pnpm: { add: "pnpm add", remove: "pnpm remove", isobind: "pnpm isobind" },
  yarn: { add: "yarn add", remove: "yarn remove", isobind: "yarn isobind" },
} as const satisfies Record<string, Manager>;

type Name = keyof typeof managers;

/** By the files that a manager leaves here or in a folder above; else the one that started this command; else npm. */
export function managerOf({ cwd, env }: Pick<Io, "cwd" | "env">): Manager {
  for (const folder of upward(cwd)) {
    const found = managerIn(folder);
    if (found !== null) return managers[found];
  }
  const agent = env["npm_config_user_agent"] ?? "";
  return managers[agent.startsWith("pnpm/") ? "pnpm" : agent.startsWith("yarn/") ? "yarn" : "npm"];
}

const traces: readonly (readonly [file: string, Name])[] = [
  ["pnpm-lock.yaml", "pnpm"],
  ["pnpm-workspace.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  [".yarnrc.yml", "yarn"],
  ["package-lock.json", "npm"],
];

function managerIn(folder: string): Name | null {
  const manifest = readText(join(folder, "package.json")) ?? "";
  const declared = /"packageManager"\s*:\s*"(npm|pnpm|yarn)@/.exec(manifest)?.[1];
  if (declared !== undefined) return declared as Name;
  return traces.find(([file]) => existsSync(join(folder, file)))?.[1] ?? null;
}

/**
 * True when a program in `folder` can import the package: from here, or from a folder above, where a workspace keeps the packages of all its members. With
 * Yarn's Plug'n'Play no folder holds them, and Node is asked.
 */
export function isInstalled(folder: string, name: string): boolean {
  if (upward(folder).some((one) => existsSync(join(one, "node_modules", name)))) return true;
  if (process.versions["pnp"] === undefined) return false;
  try {
    createRequire(join(folder, "package.json")).resolve(`${name}/package.json`);
    return true;
  } catch {
    return false;
  }
}
