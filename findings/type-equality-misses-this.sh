#!/usr/bin/env bash
# `expectTypeOf<(this: Date) => void>().toEqualTypeOf<() => void>()` of expect-type 1.4.0 holds, and so do IsEqual of type-fest 6.0.3 and expectType of tsd 0.33.0; setters of another type are equal as well, and for expect-type abstract constructors.
#
# With typescript 6.0.3. Such a test is there to notice that the types of an API change: a method that begins to need its `this`, a property that no longer takes what it took, a class that can no longer be made. All three find readonly,
# optional and any, two of the three an abstract constructor, and that one `this` is not another: one that stands alone is left out. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >package.json <<'JSON'
{ "name": "typed", "version": "1.0.0", "private": true, "type": "module", "types": "index.d.ts", "files": ["index.d.ts"] }
JSON
npm i --silent --no-audit --no-fund typescript@6.0.3 expect-type@1.4.0 type-fest@6.0.3 tsd@0.33.0

cat >expected <<'TEXT'
a this: expect-type equal, type-fest equal, tsd equal
another this: expect-type differs, type-fest differs, tsd differs
a wider setter: expect-type equal, type-fest equal, tsd equal
an abstract class: expect-type equal, type-fest differs, tsd differs
a parameter: expect-type differs, type-fest differs, tsd differs
a readonly key: expect-type differs, type-fest differs, tsd differs
any in a promise: expect-type differs, type-fest differs, tsd differs
TEXT

echo 'export {};' >index.d.ts
cat >run.mjs <<'JS'
import { writeFileSync } from "node:fs";
import tsd from "tsd";
import typescript from "typescript";

const pairs = {
  "a this": ["(this: Date) => void", "() => void"],
  "another this": ["(this: Date) => void", "(this: Map<string, 1>) => void"],
  "a wider setter": ["{ get a(): 1; set a(v: 1 | 2) }", "{ a: 1 }"],
  "an abstract class": ["abstract new () => Date", "new () => Date"],
  "a parameter": ["(a: Date) => void", "(a: string) => void"],
  "a readonly key": ["{ readonly a: 1 }", "{ a: 1 }"],
  "any in a promise": ["Promise<any>", "Promise<string>"],
};
const write = (file, head, line) => writeFileSync(file, [head, ...Object.values(pairs).map(([a, b]) => `{ type A = ${a}; type B = ${b}; ${line} }`)].join("\n"));
write("expect-type.ts", 'import { expectTypeOf } from "expect-type";', "expectTypeOf<A>().toEqualTypeOf<B>();");
write("type-fest.ts", 'import type { IsEqual } from "type-fest";', "const same: IsEqual<A, B> = true; same;");
write("index.test-d.ts", 'import { expectType } from "tsd";', "expectType<A>({} as B);");
const refused = {};
for (const tool of ["expect-type", "type-fest"]) {
  const program = typescript.createProgram([`${tool}.ts`], { strict: true, noEmit: true, module: typescript.ModuleKind.NodeNext, types: [] });
  refused[tool] = typescript.getPreEmitDiagnostics(program).map(({ file, start }) => file.getLineAndCharacterOfPosition(start).line);
}
refused.tsd = (await tsd.default({ cwd: process.cwd() })).map(({ line }) => line - 1);
for (const [at, name] of Object.keys(pairs).entries()) {
  console.log(`${name}: ${Object.entries(refused).map(([tool, lines]) => `${tool} ${lines.includes(at + 1) ? "differs" : "equal"}`).join(", ")}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
