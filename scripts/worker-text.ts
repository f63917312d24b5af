/**
 * Puts texts into the build that are otherwise made from other files when a program runs, so that a bundler may rename and shorten
 * those files as it likes: the prelude, what makes the web globals, and the program of a worker.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { deflateRawSync } from "node:zlib";
import { build, type Plugin } from "esbuild";
import { askForAllBuiltIns } from "./built-ins.ts";
import { licencesOf } from "./licences.ts";

/** The prelude is composed from the source of functions: as a text it is the same whatever a minifier makes of them. */
export async function keepPrelude(dist: string): Promise<void> {
  const file = join(dist, "runtime/guest/prelude/compose.js");
  const made = (await import(pathToFileURL(file).href)) as {
    readonly preludeName: string;
    composePrelude(): string;
  };
  writeFileSync(
    file,
    [
      `export const preludeName = ${JSON.stringify(made.preludeName)};`,
      `export function composePrelude() { return ${JSON.stringify(made.composePrelude())}; }`,
      "",
    ].join("\n"),
  );
}

/** The packages inside the text of the web globals. */
const webPackages = ["punycode", "tr46", "whatwg-url"].map((name) => `node_modules/${name}`);

/**
 * The same for the web globals, and for a second reason: their texts hold packages, which nobody who uses isobind has. They are needed seldom, and deflated
 * they are a fifth of what a worker would have to read each time. Each stands in a function, because V8 makes what is there when it is called.
 */
export async function keepWebUnits(root: string): Promise<void> {
  const folder = join(root, "dist/runtime/guest/web");
  const made = (await import(pathToFileURL(join(folder, "compose.js")).href)) as {
    composeWebUnit(unit: string): string;
  };
  const texts = ["web", "url", "idna"].map((unit) => {
    const deflated = deflateRawSync(made.composeWebUnit(unit), { level: 9 }).toString("base64");
    return `  ${unit}: () => ${JSON.stringify(deflated)},`;
  });
  writeFileSync(
    join(folder, "compose.js"),
    [
      "const texts = {",
      ...texts,
      "};",
      "const inflated = {};",
      "export function composeWebUnit(unit) {",
      '  const { inflateRawSync } = process.getBuiltinModule("node:zlib");',
      '  return (inflated[unit] ??= inflateRawSync(Buffer.from(texts[unit](), "base64")).toString("latin1"));',
      "}",
      "",
    ].join("\n"),
  );
  // The texts are all that is used of them.
  for (const name of readdirSync(folder))
    if (/\.js(?:\.map)?$/u.test(name) && name !== "compose.js") rmSync(join(folder, name));
  writeFileSync(join(folder, "LICENSES.txt"), licencesOf(root, webPackages));
}

/**
 * A worker whose modules are in one text needs no file: a bundle holds the text, and Node reads it from its standard input. Where there are files the
 * program is one as well: finding and linking a hundred takes a quarter of a worker's start, and nobody else loads them there.
 */
export async function keepWorkerText(dist: string): Promise<void> {
  const worker = join(dist, "runtime/process/worker");
  // A script, because Node takes the text of a thread as one; a URL that holds it would be decoded letter by letter.
  const watchdog = await textOf(join(worker, "watchdog.js"), "iife");
  const program = await textOf(join(worker, "main.js"), "esm", {
    name: "watchdog",
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]watchdog-program\.js$/ }, () => ({
        contents: `export const watchdogProgram = ${JSON.stringify(watchdog)};`,
      }));
    },
  });
  writeFileSync(join(worker, "main.js"), program);
  rmSync(join(worker, "main.js.map"));
  const file = join(worker, "text.js");
  const stub = 'export const workerText = "";';
  const source = readFileSync(file, "utf8");
  if (!source.includes(stub)) throw new Error(`${file} has no place for the text of a worker.`);
  writeFileSync(
    file,
    source.replace(stub, () => `export const workerText = ${JSON.stringify(program)};`),
  );
}

const asking: Plugin = {
  name: "asking",
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/ }, ({ path }) => ({ contents: askForAllBuiltIns(readFileSync(path, "utf8")) }));
  },
};

/** Names stay: classes show theirs. */
async function textOf(entry: string, format: "esm" | "iife", ...plugins: Plugin[]): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format,
    platform: "node",
    target: "node22.18",
    external: ["isolated-vm", "@opentelemetry/api"],
    minifyWhitespace: true,
    minifySyntax: true,
    // An error that nobody catches shows the whole line of its program.
    lineLimit: 200,
    charset: "ascii",
    legalComments: "none",
    logLevel: "warning",
    plugins: [...plugins, asking],
  });
  return outputFiles[0]?.text ?? "";
}
