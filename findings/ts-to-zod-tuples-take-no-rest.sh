#!/usr/bin/env bash
# The schema that ts-to-zod 5.1.0 makes of `[name: string, age?: number, ...tags: string[]]` refuses `["Ada"]` and `["Ada", 36, "a", "b"]` and takes `["Ada", 36, ["a", "b"]]`, and that of the literal `1n` is no JavaScript.
#
# With zod 4.6.7 and typescript 6.0.3, without a warning. A rest element becomes one element that is an array, an optional one is required; one expects the schema to take what the type takes, or a warning as for
# `readonly string[]` and other types that it does not know. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund ts-to-zod@5.1.0 zod@4.6.7 typescript@6.0.3

cat >expected <<'TEXT'
["Ada"]: the type takes it, the schema refuses it
["Ada", 36]: the type takes it, the schema refuses it
["Ada", 36, "a"]: the type takes it, the schema refuses it
["Ada", 36, "a", "b"]: the type takes it, the schema refuses it
["Ada", 36, ["a", "b"]]: the type refuses it, the schema takes it
1n: z.1n(); has a syntax error
TEXT

cat >types.ts <<'TS'
export type Row = [name: string, age?: number, ...tags: string[]];
TS
cat >run.mjs <<'JS'
import { readFileSync, writeFileSync } from "node:fs";
import { generate } from "ts-to-zod";
import typescript from "typescript";

const made = (sourceText) => generate({ sourceText }).getZodSchemasFile("./types");
writeFileSync("schemas.mjs", made(readFileSync("types.ts", "utf8")));
const { rowSchema } = await import("./schemas.mjs");
const rows = ['["Ada"]', '["Ada", 36]', '["Ada", 36, "a"]', '["Ada", 36, "a", "b"]', '["Ada", 36, ["a", "b"]]'];
const compiles = (row) => {
  writeFileSync("row.ts", `import type { Row } from "./types.js";\nexport const row: Row = ${row};\n`);
  const program = typescript.createProgram(["row.ts"], { strict: true, noEmit: true, module: typescript.ModuleKind.NodeNext, types: [] });
  return typescript.getPreEmitDiagnostics(program).length === 0;
};
for (const row of rows) {
  console.log(`${row}: the type ${compiles(row) ? "takes" : "refuses"} it, the schema ${rowSchema.safeParse(JSON.parse(row)).success ? "takes" : "refuses"} it`);
}
const [, literal] = /oneSchema = (.+;)/.exec(made("export type One = 1n;"));
console.log(`1n: ${literal} has ${typescript.transpileModule(literal, { reportDiagnostics: true }).diagnostics.length > 0 ? "a syntax error" : "no error"}`);
JS

node run.mjs | tee seen
diff expected seen || exit 1
