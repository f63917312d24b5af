#!/usr/bin/env bash
# In TypeScript 7.0.2 the documentation that the API gives for {@link Other | the other} is "the other", without Other, while the tags of the same comment keep the link as it was written; 6.0.3 keeps the target in both.
#
# typescript 7.0.2 (typescript/unstable/sync) and 6.0.3 (parts, joined by displayPartsToString, which lose the bar). A page or a declaration made of the 7.0.2 text can no longer link, a text beside the
# bar does not say what it is about, and @inheritDoc is left as it stands. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund typescript@7.0.2 typescript-6@npm:typescript@6.0.3

cat >expected <<'TEXT'
{@link Other}: 6.0.3 "See {@link Other}", tag "See {@link Other}"; 7.0.2 "See Other", tag "See {@link Other}"
{@link Other | the other}: 6.0.3 "See {@link Otherthe other}", tag "See {@link Otherthe other}"; 7.0.2 "See the other", tag "See {@link Other | the other}"
{@link Other the other}: 6.0.3 "See {@link Otherthe other}", tag "See {@link Otherthe other}"; 7.0.2 "See the other", tag "See {@link Other the other}"
{@linkcode Other.a}: 6.0.3 "See {@linkcode Other.a}", tag "See {@linkcode Other.a}"; 7.0.2 "See Other.a", tag "See {@linkcode Other.a}"
{@link https://example.com/x}: 6.0.3 "See {@link https://example.com/x}", tag "See {@link https://example.com/x}"; 7.0.2 "See https://example.com/x", tag "See {@link https://example.com/x}"
{@link https://example.com/x | the page}: 6.0.3 "See {@link https://example.com/x the page}", tag "See {@link https://example.com/x the page}"; 7.0.2 "See the page (https://example.com/x)", tag "See {@link https://example.com/x | the page}"
{@inheritDoc Other}: 6.0.3 "See {@inheritDoc Other}", tag "See {@inheritDoc Other}"; 7.0.2 "See {@inheritDoc Other}", tag "See {@inheritDoc Other}"
TEXT

cat >run.mjs <<'JS'
import { writeFileSync } from "node:fs";
import ts from "typescript-6";
import { API } from "typescript/unstable/sync";

const texts = [
  "{@link Other}",
  "{@link Other | the other}",
  "{@link Other the other}",
  "{@linkcode Other.a}",
  "{@link https://example.com/x}",
  "{@link https://example.com/x | the page}",
  "{@inheritDoc Other}",
];
const lines = texts.map((text, at) => `/** See ${text}\n * @remarks See ${text} */\nexport let v${at} = 1;`);
writeFileSync("api.ts", `export interface Other { a: 1 }\n${lines.join("\n")}\n`);
writeFileSync("tsconfig.json", '{ "compilerOptions": { "types": [] }, "files": ["api.ts"] }');
const file = `${process.cwd()}/api.ts`;

const program = ts.createProgram([file], { types: [] });
const six = program.getTypeChecker();
const api = new API();
const [project] = api.updateSnapshot({ openProject: `${process.cwd()}/tsconfig.json` }).getProjects();
const seven = project.checker;
const symbols = (checker, source) => new Map(checker.getExportsOfModule(checker.getSymbolAtLocation(source)).map((symbol) => [symbol.name, symbol]));
const of6 = symbols(six, program.getSourceFile(file));
const of7 = symbols(seven, project.program.getSourceFile(file));
texts.forEach((text, at) => {
  const a = of6.get(`v${at}`);
  const b = of7.get(`v${at}`);
  const said = {
    "6.0.3": [ts.displayPartsToString(a.getDocumentationComment(six)), ts.displayPartsToString(a.getJsDocTags(six)[0].text)],
    "7.0.2": [seven.getDocumentationCommentOfSymbol(b), seven.getJsDocTagsOfSymbol(b)[0].text],
  };
  const shown = Object.entries(said).map(([version, [body, tag]]) => `${version} ${JSON.stringify(body)}, tag ${JSON.stringify(tag)}`);
  console.log(`${text}: ${shown.join("; ")}`);
});
api.close();
JS

node run.mjs | tee seen
diff expected seen || exit 1
