#!/usr/bin/env bash
# In the syntax tree that the API of TypeScript 7.0.2 gives, the ? and ! of members, the default of a type parameter and the holes of a pattern have other names than in 6.0.3, and code written for 6 finds every member required, without an error.
#
# typescript 7.0.2 (`typescript/unstable/sync`) and 6.0.3, the same file. Positions and kinds agree almost everywhere, which makes one expect that names do: `questionToken`
# is undefined on properties and methods, and still there on parameters and mapped types. Of a comment, 7 counts the white space before it as part of it. In
# JavaScript, or with a cast, nothing tells. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund typescript-6@npm:typescript@6.0.3 typescript@7.0.2

cat >expected <<'TEXT'
6.0.3: a? of an interface: questionToken; m? of an interface: questionToken; p! of a class: exclamationToken
6.0.3: p? of a parameter: questionToken; default of T: default
6.0.3: the hole in [, b]: OmittedExpression; the comment begins with "/** doc"
7.0.2: a? of an interface: postfixToken; m? of an interface: postfixToken; p! of a class: postfixToken
7.0.2: p? of a parameter: questionToken; default of T: defaultType
7.0.2: the hole in [, b]: BindingElement; the comment begins with "  /** doc"
TEXT

cat >api.ts <<'TS'
export interface Box<T = string> {
  /** doc */
  a?: T;
  m?(): void;
}
export class Point {
  p!: number;
}
export function f(p?: number): void {}
export const [, b] = [1, 2];
TS
echo '{ "compilerOptions": { "types": [] }, "files": ["api.ts"] }' >tsconfig.json

cat >run.mjs <<'JS'
import { readFileSync } from "node:fs";
import ts from "typescript-6";
import { SyntaxKind } from "typescript/unstable/ast";
import { API } from "typescript/unstable/sync";

const names = ["questionToken", "exclamationToken", "postfixToken", "default", "defaultType"];
const named = (node) => names.filter((name) => node[name] !== undefined).join(" ");
const source = readFileSync("api.ts", "utf8");
const show = (version, file, kinds) => {
  const [box, point, f, pattern] = file.statements;
  const [a, m] = box.members;
  console.log(`${version}: a? of an interface: ${named(a)}; m? of an interface: ${named(m)}; p! of a class: ${named(point.members[0])}`);
  console.log(`${version}: p? of a parameter: ${named(f.parameters[0])}; default of T: ${named(box.typeParameters[0])}`);
  const hole = pattern.declarationList.declarations[0].name.elements[0];
  const [comment] = a.jsDoc;
  const begin = source.slice(comment.pos, source.indexOf("doc", comment.pos) + 3).replace(/^\n/, "");
  console.log(`${version}: the hole in [, b]: ${kinds[hole.kind]}; the comment begins with "${begin}"`);
};
show(ts.version, ts.createSourceFile("api.ts", source, ts.ScriptTarget.Latest, true), ts.SyntaxKind);
const api = new API();
const [project] = api.updateSnapshot({ openProject: `${process.cwd()}/tsconfig.json` }).getProjects();
show("7.0.2", project.program.getSourceFile(`${process.cwd()}/api.ts`), SyntaxKind);
api.close();
JS

node run.mjs | tee seen
diff expected seen || exit 1
