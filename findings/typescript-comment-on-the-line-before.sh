#!/usr/bin/env bash
# TypeScript 5.9.3, 6.0.3 and 7.0.2 give no documentation to a member, statement or tuple element whose comment begins on the line where the token before it ends, and their declaration files move such a comment to the end of the previous member.
#
# typescript 5.9.3, 6.0.3, 7.0.2, with a file that tsc checks and emits. `{ /** the id */ id: string; /** the name */ name: string }` looks documented and is
# not: a comment on the line of the previous token belongs to that token, as a remark behind it would. Parameters are the exception. The first comment after
# a brace is lost from the emitted declaration, the second stands behind the member before. Whoever makes documentation, schemas or prompts from comments reads
# nothing for types written on one line. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund typescript-5@npm:typescript@5.9.3 typescript-6@npm:typescript@6.0.3 typescript@7.0.2

cat >expected <<'TEXT'
5.9.3: oneLine.a -, oneLine.b -, lines.a A, lines.b -, enumOne -, enumTwo -, tupleOne -, tupleTwo -, parameter A, later -, alone A
6.0.3: oneLine.a -, oneLine.b -, lines.a A, lines.b -, enumOne -, enumTwo -, tupleOne -, tupleTwo -, parameter A, later -, alone A
7.0.2: oneLine.a -, oneLine.b -, lines.a A, lines.b -, enumOne -, enumTwo -, tupleOne -, tupleTwo -, parameter A, later -, alone A
5.9.3, 6.0.3 and 7.0.2 declare:
export interface OneLine {
    oneLine_a: number; /** B */
    oneLine_b: string;
}
TEXT

cat >api.ts <<'TS'
export interface OneLine { /** A */ oneLine_a: number; /** B */ oneLine_b: string }
export interface Lines {
  /** A */ lines_a: number; /** B */ lines_b: string;
}
export enum Names { /** A */ enumOne, /** B */ enumTwo }
export type Pair = [/** A */ tupleOne: string, /** B */ tupleTwo: number];
export type Call = (/** A */ parameter: string) => void;
export const first = 1; /** B */ export const later = 2;
/** A */ export const alone = 3;
TS
echo '{ "compilerOptions": { "declaration": true, "emitDeclarationOnly": true, "types": [] }, "files": ["api.ts"] }' >tsconfig.json

cat >run.mjs <<'JS'
import { readFileSync } from "node:fs";
import ts5 from "typescript-5";
import ts6 from "typescript-6";
import { API } from "typescript/unstable/sync";

const wanted = /^(oneLine_.|lines_.|enum(One|Two)|tuple(One|Two)|parameter|later|alone)$/;
const text = (comment) => (typeof comment === "string" ? comment : comment?.map((part) => part.text).join("")) ?? "-";
const documented = (version, file, forEachChild) => {
  const seen = [];
  const visit = (node) => {
    const name = node.name?.text;
    const [comment] = node.jsDoc ?? node.parent?.parent?.jsDoc ?? [];
    if (wanted.test(name)) seen.push(`${name.replace("_", ".")} ${text(comment?.comment)}`);
    forEachChild(node, visit);
  };
  visit(file);
  console.log(`${version}: ${seen.join(", ")}`);
};
const source = readFileSync("api.ts", "utf8");
for (const ts of [ts5, ts6]) documented(ts.version, ts.createSourceFile("api.ts", source, ts.ScriptTarget.Latest, true), ts.forEachChild);
const api = new API();
const [project] = api.updateSnapshot({ openProject: `${process.cwd()}/tsconfig.json` }).getProjects();
documented("7.0.2", project.program.getSourceFile(`${process.cwd()}/api.ts`), (node, visit) => void node.forEachChild(visit));
api.close();
JS

{
  node run.mjs
  for version in typescript-5 typescript-6 typescript; do node "node_modules/$version/bin/tsc" --outDir "$version"; done
  diff typescript-5/api.d.ts typescript-6/api.d.ts && diff typescript-6/api.d.ts typescript/api.d.ts
  echo "5.9.3, 6.0.3 and 7.0.2 declare:"
  head -4 typescript/api.d.ts
} | tee seen
diff expected seen || exit 1
