#!/usr/bin/env bash
# To the checker of TypeScript 7.0.2 the properties of a Record or mapped type over a union of keys come in the order of the alphabet, in 6.0.3 as they were written; those of Omit, Pick and Partial keep their order, and the exports of a module no longer begin with its functions.
#
# typescript 6.0.3 and 7.0.2 (its API "unstable"). Unions have another order in 7, and what is mapped over a union takes it. A format that numbers its fields as the checker lists them writes other
# fields after the upgrade, without an error. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund typescript@7.0.2 typescript-6@npm:typescript@6.0.3

cat >expected <<'TEXT'
Row: 6.0.3 name id size, 7.0.2 name id size
Omit<Row, "size">: 6.0.3 name id, 7.0.2 name id
Pick<Row, "name" | "id">: 6.0.3 name id, 7.0.2 name id
Record<"name" | "id", string>: 6.0.3 name id, 7.0.2 id name
Partial<Row>: 6.0.3 name id size, 7.0.2 name id size
Readonly<Row>: 6.0.3 name id size, 7.0.2 name id size
Row & { at: number }: 6.0.3 name id size at, 7.0.2 name id size at
{ [K in Exclude<keyof Row, "size">]: Row[K] }: 6.0.3 name id, 7.0.2 id name
exports of a module: 6.0.3 first second Third, 7.0.2 second Third first
TEXT

cat >run.mjs <<'JS'
import { writeFileSync } from "node:fs";
import ts from "typescript-6";
import { API } from "typescript/unstable/sync";

const types = ["Row", 'Omit<Row, "size">', 'Pick<Row, "name" | "id">', 'Record<"name" | "id", string>', "Partial<Row>", "Readonly<Row>", "Row & { at: number }", '{ [K in Exclude<keyof Row, "size">]: Row[K] }'];
const lines = types.map((text, at) => `export type T${at} = ${text};`);
writeFileSync("api.ts", `export interface Row { name: string; id: string; size: number }\n${lines.join("\n")}\n`);
writeFileSync("module.ts", "export const second = 1;\nexport class Third {}\nexport function first() {}\n");
writeFileSync("tsconfig.json", '{ "compilerOptions": { "strict": true, "types": [] }, "files": ["api.ts", "module.ts"] }');

const paths = ["api.ts", "module.ts"].map((name) => `${process.cwd()}/${name}`);
const program = ts.createProgram(paths, { strict: true, types: [] });
const api = new API();
const [project] = api.updateSnapshot({ openProject: `${process.cwd()}/tsconfig.json` }).getProjects();
const sides = [
  ["6.0.3", program.getTypeChecker(), program],
  ["7.0.2", project.checker, project.program],
].map(([version, checker, files]) => {
  const exported = (file) => checker.getExportsOfModule(checker.getSymbolAtLocation(files.getSourceFile(file)));
  const alias = new Map(exported(paths[0]).map((symbol) => [symbol.name, symbol]));
  const keys = (name) => checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(alias.get(name))).map((property) => property.name);
  return { version, keys, names: exported(paths[1]).map((symbol) => symbol.name) };
});
types.forEach((text, at) => console.log(`${text}: ${sides.map(({ version, keys }) => `${version} ${keys(`T${at}`).join(" ")}`).join(", ")}`));
console.log(`exports of a module: ${sides.map(({ version, names }) => `${version} ${names.join(" ")}`).join(", ")}`);
api.close();
JS

node run.mjs | tee seen
diff expected seen || exit 1
