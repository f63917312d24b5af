#!/usr/bin/env bash
# In a fenced @example, TypeScript's own reader of comments begins a new tag at `// @ts-expect-error` in the middle of a line: the example's text ends at `//`, and the rest belongs to a tag nobody wrote.
#
# typescript 5.9.3 and 6.0.3 (`getJSDocTags`); @microsoft/tsdoc 0.17.1 and comment-parser 1.4.9 read the same comments, and leave a fence alone. Whoever
# takes examples from the compiler, an editor's hover too, has half of one; decorators and directives are the usual cause. The output seen is
# the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund ts5@npm:typescript@5.9.3 ts6@npm:typescript@6.0.3 @microsoft/tsdoc@0.17.1 comment-parser@1.4.9

cat >expected <<'TEXT'
directive, ts5: example, ts-expect-error
directive, ts6: example, ts-expect-error
directive, tsdoc: example
directive, comment-parser: example
decorator, ts5: example, field
decorator, ts6: example, field
decorator, tsdoc: example
decorator, comment-parser: example
argument, ts5: example, field
argument, ts6: example, field
argument, tsdoc: example
argument, comment-parser: example
TEXT

cat >run.mjs <<'JS'
import ts5 from "ts5";
import ts6 from "ts6";
import { TSDocParser } from "@microsoft/tsdoc";
import { parse } from "comment-parser";

const lines = {
  directive: ["// @ts-expect-error: a text is no amount", 'pay("seven");'],
  decorator: ["class Order {", "@field() amount = 1;", "}"],
  argument: ["class Order {", "  constructor(private x = 1, @field() amount = 1) {}", "}"],
};
for (const [name, code] of Object.entries(lines)) {
  const comment = ["/**", ...["Pays.", "", "@example", "```ts", ...code, "```"].map((line) => ` * ${line}`), " */"].join("\n");
  for (const [version, ts] of Object.entries({ ts5, ts6 })) {
    const file = ts.createSourceFile("pay.ts", `${comment}\nexport declare function pay(amount: number): void;\n`, ts.ScriptTarget.Latest, true);
    console.log(`${name}, ${version}: ${ts.getJSDocTags(file.statements[0]).map((tag) => tag.tagName.text).join(", ")}`);
  }
  const { docComment } = new TSDocParser().parseString(comment);
  console.log(`${name}, tsdoc: ${docComment.customBlocks.map((block) => block.blockTag.tagName.slice(1)).join(", ")}`);
  console.log(`${name}, comment-parser: ${parse(comment)[0].tags.map(({ tag }) => tag).join(", ")}`);
}
JS
node run.mjs | tee seen
diff expected seen || exit 1
