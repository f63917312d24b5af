#!/usr/bin/env bash
# In typebox 1.4.3 Value.Diff writes a key with a slash in it into its path as it is, so that Value.Patch changes another key, or finds none and throws, while Value.Errors and Value.Pointer of the same library escape it.
#
# The edits are said to turn the first value into the second. Keys with slashes are those of paths, of media types and of annotations, "text/plain" and "app.example/owner".
# Where the object has a key named like the part before the slash, the patch goes there in silence. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund typebox@1.4.3

cat >expected <<'TEXT'
{"text/plain":1,"text":{"plain":1}} to {"text/plain":2,"text":{"plain":1}}: /text/plain, {"text/plain":1,"text":{"plain":2}}
{"text/plain":1} to {"text/plain":2}: /text/plain, Error: Cannot set value
{"~1":1,"/":1} to {"~1":2,"/":1}: /~1, {"~1":1,"/":2}
{"text":1} to {"text":2}: /text, {"text":2}
Value.Errors: /text~1plain
Value.Pointer.Get: 1
TEXT

cat >run.mjs <<'JS'
import Type from "typebox";
import Value from "typebox/value";

const text = JSON.stringify;
const patched = (a, edits) => {
  try {
    return text(Value.Patch(a, edits));
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
};
for (const [a, b] of [
  [{ "text/plain": 1, text: { plain: 1 } }, { "text/plain": 2, text: { plain: 1 } }],
  [{ "text/plain": 1 }, { "text/plain": 2 }],
  [{ "~1": 1, "/": 1 }, { "~1": 2, "/": 1 }],
  [{ text: 1 }, { text: 2 }],
]) {
  const edits = Value.Diff(a, b);
  console.log(`${text(a)} to ${text(b)}: ${edits.map(({ path }) => path).join(" ")}, ${patched(a, edits)}`);
}
const [{ instancePath }] = Value.Errors(Type.Object({ "text/plain": Type.Number() }), { "text/plain": "1" });
console.log(`Value.Errors: ${instancePath}`);
console.log(`Value.Pointer.Get: ${Value.Pointer.Get({ "text/plain": 1 }, "/text~1plain")}`);
JS

node run.mjs | tee seen
diff expected seen || exit 1
