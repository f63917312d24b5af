#!/usr/bin/env bash
# A file made by ts-morph 28.0.0 from getStructure() of another has no abstract methods and no index signatures of classes, imports with { type: "'json'" }, and runs static blocks after the fields behind them.
#
# ts-morph 28.0.0. Whoever moves or generates declarations by their structures gets valid code of another meaning, without an error, and for overloads of a function an error about a regular expression.
# Interfaces come through whole. The output seen, of each file that is made again, is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund ts-morph@28.0.0

cat >expected <<'TEXT'
abstract class A { abstract m(): void; abstract x: 1; }
  abstract class A { abstract x: 1; }
class A { [key: string]: unknown; x = 1; }
  class A { x = 1; }
import data from "./data.json" with { type: "json" };
  import data from "./data.json" with { type: "\"json\"" };
class A { static { log(this.b); } static b = 3; }
  class A { static b = 3; static { log(this.b); } }
import { "a-b" as c } from "d";
  import { a-b as c } from "d";
import defer * as d from "d";
  import * as d from "d";
function f(a: string): void; function f(a: unknown) {}
  throws Not implemented feature for syntax kind 'RegularExpressionLiteral'.
interface A { m(): void; m(a: 1): void; [key: string]: unknown; }
  interface A { [key: string]: unknown; m(): void; m(a: 1): void; }
TEXT

cat >run.mjs <<'JS'
import { Project } from "ts-morph";

const project = new Project({ useInMemoryFileSystem: true });
const again = (source) => {
  try {
    const { statements } = project.createSourceFile("from.ts", source, { overwrite: true }).getStructure();
    return project.createSourceFile("to.ts", { statements }, { overwrite: true }).getFullText().replaceAll(/\s+/g, " ").trim();
  } catch (error) {
    return `throws ${error.message}`;
  }
};
const sources = [
  'abstract class A { abstract m(): void; abstract x: 1; }',
  'class A { [key: string]: unknown; x = 1; }',
  'import data from "./data.json" with { type: "json" };',
  'class A { static { log(this.b); } static b = 3; }',
  'import { "a-b" as c } from "d";',
  'import defer * as d from "d";',
  'function f(a: string): void; function f(a: unknown) {}',
  'interface A { m(): void; m(a: 1): void; [key: string]: unknown; }',
];
for (const source of sources) console.log(`${source}\n  ${again(source)}`);
JS

node run.mjs | tee seen
diff expected seen || exit 1
