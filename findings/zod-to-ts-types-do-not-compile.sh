#!/usr/bin/env bash
# The types that zod-to-ts 2.1.0 writes for `z.strictObject`, for `.catchall` and for a record with an enum as its keys are refused by the compiler, a description with `*/` in it ends its comment, and a tuple loses its rest.
#
# With zod 4.6.7 and typescript 6.0.3; the types are checked as they are printed. One expects what `z.infer` has, or an error as for types that cannot be written. `{ a: string; [x: string]: never }` is an error in itself (TS2411), and
# `skipLibCheck` hides it in a declaration, where no value fits the type then. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund zod-to-ts@2.1.0 zod@4.6.7 typescript@6.0.3

cat >expected <<'TEXT'
strict: { a: string; [x: string]: never; } | zod takes { a: "" } | TS2411 in the type, TS2322 in the value
catchall: { a: string; [x: string]: number; } | zod takes { a: "", b: 1 } as any | TS2411 in the type
record: { [key: "a" | "b"]: number; } | zod takes { a: 1, b: 1 } | TS1337 in the type
described: { /** such as src/*/a.ts */ glob: string; } | zod takes { glob: "" } | TS1131 in the type, TS2304 in the type
rest: [ string ] | zod takes ["", 1, 2] | TS2322 in the value
optional: [ string, number | undefined ] | zod takes [""] | TS2322 in the value
plain: { a: string; [x: string]: unknown; } | zod takes { a: "", b: 1 } | no error
TEXT

cat >schemas.mjs <<'JS'
import { z } from "zod";
export const strict = z.strictObject({ a: z.string() });
export const catchall = z.object({ a: z.string() }).catchall(z.number());
export const record = z.record(z.enum(["a", "b"]), z.number());
export const described = z.object({ glob: z.string().describe("such as src/*/a.ts") });
export const rest = z.tuple([z.string()], z.number());
export const optional = z.tuple([z.string(), z.number().optional()]);
export const plain = z.looseObject({ a: z.string() });
JS
cat >run.mjs <<'JS'
import { writeFileSync } from "node:fs";
import typescript from "typescript";
import { createAuxiliaryTypeStore, printNode, zodToTs } from "zod-to-ts";
import * as schemas from "./schemas.mjs";

const values = { strict: '{ a: "" }', catchall: '{ a: "", b: 1 } as any', record: "{ a: 1, b: 1 }", described: '{ glob: "" }', rest: '["", 1, 2]', optional: '[""]', plain: '{ a: "", b: 1 }' };
for (const [name, value] of Object.entries(values)) {
  const type = printNode(zodToTs(schemas[name], { auxiliaryTypeStore: createAuxiliaryTypeStore() }).node).replaceAll(/\s+/g, " ");
  writeFileSync(`${name}.ts`, `export type Made = ${type};\nexport const value: Made = ${value};\n`);
  const program = typescript.createProgram([`${name}.ts`], { strict: true, noEmit: true, module: typescript.ModuleKind.NodeNext, types: [] });
  const errors = typescript.getPreEmitDiagnostics(program).map(({ code, file, start }) => `TS${code} in the ${file.getLineAndCharacterOfPosition(start).line === 0 ? "type" : "value"}`);
  console.log(`${name}: ${type} | zod ${schemas[name].safeParse(new Function(`return ${value.replace(" as any", "")}`)()).success ? "takes" : "refuses"} ${value} | ${[...new Set(errors)].slice(0, 2).join(", ") || "no error"}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
