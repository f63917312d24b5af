/**
 * One command line a peer, for one project. What is measured is the whole process a developer or a CI step would start.
 */
import { execFileSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import type { Command } from "../measure/process.ts";
import type { Project } from "./definitions.ts";

const bin = (path: string): string => fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url));
const isobind = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const node = process.execPath;

export const floor = (project: Project): Command => ({
  name: "empty node process",
  argv: [node, "-e", ""],
  cwd: project.folder,
});

const forget = (project: Project): void => {
  for (const name of ["generated", ".isobind", "node_modules/.cache"])
    rmSync(join(project.folder, name), { recursive: true, force: true });
};

/** No output and no manifest: every stage runs. */
export const isobindCold = (project: Project): Command => ({
  name: "isobind, cold",
  argv: [node, isobind, "generate"],
  cwd: project.folder,
  before: () => forget(project),
});

/** Cold, by a config that names one of ten contracts. */
export const isobindColdOne = (project: Project): Command => ({
  ...isobindCold(project),
  name: "isobind, cold, one of the ten",
  argv: [node, isobind, "generate", "--config", "one.config.ts"],
});

/** Cold, with the TypeScript 7 that is installed beside the benchmark, as the config of a project asks for it. */
export const isobindNative = (project: Project): Command => ({
  ...isobindCold(project),
  name: "isobind, cold, native compiler",
  argv: [node, isobind, "generate", "--config", "native.config.ts"],
  before: () => {
    forget(project);
    const config = {
      definition: "./bindings.ts",
      outDir: "./generated",
      compiler: { native: "typescript-7" },
    };
    writeFileSync(join(project.folder, "native.config.ts"), `export default ${JSON.stringify(config)};\n`);
  },
});

/**
 * The same again: the manifest answers. It stands behind the cold run in its table: without what that one remembers, it would be another cold run. One more run goes before
 * it, because the first after a cold one reads again what was recorded within a tick of being written.
 */
export const isobindUnchanged = (project: Project): Command => ({
  name: "isobind, no change",
  argv: [node, isobind, "generate"],
  cwd: project.folder,
  before: () => {
    if (!existsSync(join(project.folder, ".isobind")))
      throw new Error("no run before this one has left a manifest");
    execFileSync(node, [isobind, "generate"], { cwd: project.folder, stdio: "ignore" });
  },
});

/** Cold, reading whole programs instead of signatures. */
export const isobindUnpruned = (project: Project): Command => ({
  ...isobindCold(project),
  name: "isobind, cold, unpruned",
  argv: [node, fileURLToPath(new URL("./unpruned.mjs", import.meta.url))],
});

export function peers(project: Project): Command[] {
  const at = { cwd: project.folder };
  return [
    { ...at, name: "tsc 6 --noEmit", argv: [node, bin("typescript/bin/tsc"), "-p", "tsconfig.json"] },
    { ...at, name: "tsc 7 --noEmit", argv: [node, bin("typescript-7/bin/tsc"), "-p", "tsconfig.json"] },
    {
      ...at,
      name: "ts-json-schema-generator",
      argv: [
        node,
        bin("ts-json-schema-generator/bin/ts-json-schema-generator.js"),
        "--path",
        "schema.ts",
        "--type",
        "Root",
        "--tsconfig",
        "tsconfig.schema.json",
        "--out",
        "schema.json",
      ],
    },
    {
      ...at,
      name: "typia 12 generate",
      argv: [
        node,
        bin("typia/lib/executable/typia.js"),
        "generate",
        "--input",
        "typia",
        "--output",
        "typia-out",
        "--project",
        "tsconfig.typia.json",
      ],
    },
    {
      ...at,
      name: "openapi-typescript",
      argv: [node, bin("openapi-typescript/bin/cli.js"), "openapi.json", "-o", "openapi.d.ts"],
    },
    {
      ...at,
      name: "api-extractor 7 (after tsc 6)",
      argv: [
        "sh",
        "-c",
        `"${node}" "${bin("typescript/bin/tsc")}" -p tsconfig.dts.json && "${node}" "${bin("@microsoft/api-extractor/bin/api-extractor")}" run --local -c api-extractor.json`,
      ],
    },
    {
      ...at,
      name: "dts-bundle-generator",
      argv: [
        node,
        bin("dts-bundle-generator/dist/bin/dts-bundle-generator.js"),
        "--no-check",
        "--project",
        "tsconfig.json",
        "-o",
        "bundle.d.ts",
        "bindings.ts",
      ],
    },
    {
      ...at,
      name: "rollup-plugin-dts",
      argv: [node, bin("rollup/dist/bin/rollup"), "-c", "rollup.config.mjs"],
    },
    {
      ...at,
      name: "rolldown-plugin-dts",
      argv: [node, bin("rolldown/bin/cli.mjs"), "-c", "rolldown.config.mjs"],
    },
  ];
}
