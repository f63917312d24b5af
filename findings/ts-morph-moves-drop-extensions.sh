#!/usr/bin/env bash
# In ts-morph 28.0.0 moving a file, or a folder, rewrites "./a.js" into "./deep/a" in every import that it touches, under nodenext as well, where that is refused; the language service that it carries writes "./deep/a.js" for the same move.
#
# A project that resolves as Node does has the extension in all its imports, and one expects a move to keep it, or to ask `importModuleSpecifierEnding`. The imports of the moved file and
# those of it lose theirs, ".ts" with allowImportingTsExtensions too; an import that needs no change keeps it.
# Under bundler the result compiles, and Node does not find it. `getLanguageService().compilerObject.getEditsForFileRename` is a way around. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund ts-morph@28.0.0 typescript@6.0.3

cat >expected <<'TEXT'
nodenext: the file imports "../b", is imported as "./deep/a", tsc finds nothing before and TS2835 TS2835 after
nodenext with extensions of TypeScript: the file imports "../b", is imported as "./deep/a", tsc finds nothing before and TS2835 TS2835 after
bundler: the file imports "../b", is imported as "./deep/a", tsc finds nothing before and nothing after
moving the folder: "./other/d"
setModuleSpecifier of a file: "./b"
getEditsForFileRename: "../b.js" "./deep/a.js"
TEXT

cat >run.mjs <<'JS'
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { Project } from "ts-morph";

const nodenext = { module: "nodenext" };
const made = (options, extension = ".js") => {
  const root = mkdtempSync(`${process.cwd()}/project-`);
  const write = (name, text) => writeFileSync(`${root}/${name}`, text);
  mkdirSync(`${root}/src/inner`, { recursive: true });
  write("package.json", '{ "type": "module" }');
  write("tsconfig.json", JSON.stringify({ compilerOptions: { strict: true, noEmit: true, target: "esnext", types: [], rootDir: "src", ...options }, include: ["src"] }));
  write("src/a.ts", `import { b } from "./b${extension}";\nexport const a = b;\n`);
  write("src/b.ts", "export const b = 1;\n");
  write("src/c.ts", `export { a } from "./a${extension}";\n`);
  write("src/inner/d.ts", "export const d = 1;\n");
  write("src/e.ts", `export { d } from "./inner/d${extension}";\n`);
  const project = new Project({ tsConfigFilePath: `${root}/tsconfig.json` });
  return { root, project };
};
const specifier = ({ root, project }, name) => {
  const file = project.getSourceFileOrThrow(`${root}/src/${name}`);
  return JSON.stringify([...file.getImportDeclarations(), ...file.getExportDeclarations()][0].getModuleSpecifierValue());
};
const tsc = ({ root }) => {
  const { stdout } = spawnSync(process.execPath, [`${process.cwd()}/node_modules/typescript/bin/tsc`, "-p", root], { encoding: "utf8" });
  return stdout.match(/TS\d+/g)?.join(" ") ?? "nothing";
};

for (const [name, options, extension] of [
  ["nodenext", nodenext, ".js"],
  ["nodenext with extensions of TypeScript", { ...nodenext, allowImportingTsExtensions: true }, ".ts"],
  ["bundler", { module: "esnext", moduleResolution: "bundler" }, ".js"],
]) {
  const one = made(options, extension);
  const before = tsc(one);
  one.project.getSourceFileOrThrow(`${one.root}/src/a.ts`).move(`${one.root}/src/deep/a.ts`);
  one.project.saveSync();
  const seen = `the file imports ${specifier(one, "deep/a.ts")}, is imported as ${specifier(one, "c.ts")}`;
  console.log(`${name}: ${seen}, tsc finds ${before} before and ${tsc(one)} after`);
}
const folder = made(nodenext);
folder.project.getDirectoryOrThrow(`${folder.root}/src/inner`).move(`${folder.root}/src/other`);
console.log(`moving the folder: ${specifier(folder, "e.ts")}`);

const set = made(nodenext);
const [declaration] = set.project.getSourceFileOrThrow(`${set.root}/src/a.ts`).getImportDeclarations();
declaration.setModuleSpecifier(set.project.getSourceFileOrThrow(`${set.root}/src/b.ts`));
console.log(`setModuleSpecifier of a file: ${specifier(set, "a.ts")}`);

const { root, project } = made(nodenext);
const edits = project.getLanguageService().compilerObject.getEditsForFileRename(`${root}/src/a.ts`, `${root}/src/deep/a.ts`, {}, {});
const texts = edits.flatMap(({ textChanges }) => textChanges.map(({ newText }) => JSON.stringify(newText)));
console.log(`getEditsForFileRename: ${texts.sort().join(" ")}`);
JS

node run.mjs | tee seen
diff expected seen || exit 1
