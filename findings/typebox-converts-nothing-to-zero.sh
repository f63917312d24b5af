#!/usr/bin/env bash
# In typebox 1.4.3 Value.Convert makes 0 of null, of undefined and of the empty text where a number is wanted, also where the type is a number or null, and takes the fraction off 1.9 for an integer.
#
# It is said to convert where a reasonable conversion exists, and leaves "abc" for the check to refuse. One expects the same of nothing at all: `?limit=` and `{ "price": null }`
# are missing values. They pass the check as 0, and a required key that is `undefined` is there afterwards. For a boolean the empty text is left and null is false; for a
# text null becomes the text "null". The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund typebox@1.4.3

cat >expected <<'TEXT'
number: null is 0, undefined is 0, "" is 0, "1.9" is 1.9, true is 1, "abc" is "abc" (refused)
integer: null is 0, undefined is 0, "" is 0, "1.9" is 1, true is 1, "abc" is "abc" (refused)
number or null: null is null, undefined is 0, "" is 0, "1.9" is 1.9, true is 1, "abc" is "abc" (refused)
boolean: null is false, undefined is false, "" is "" (refused), "1.9" is "1.9" (refused), true is true, "abc" is "abc" (refused)
string: null is "null", undefined is "", "" is "", "1.9" is "1.9", true is "true", "abc" is "abc"
{"price":null}: {"price":0}
TEXT

cat >run.mjs <<'JS'
import Type from "typebox";
import Value from "typebox/value";

const types = {
  number: Type.Number(),
  integer: Type.Integer(),
  "number or null": Type.Union([Type.Number(), Type.Null()]),
  boolean: Type.Boolean(),
  string: Type.String(),
};
for (const [name, type] of Object.entries(types)) {
  const seen = [null, undefined, "", "1.9", true, "abc"].map((value) => {
    const made = Value.Convert(type, value);
    return `${JSON.stringify(value)} is ${JSON.stringify(made)}${Value.Check(type, made) ? "" : " (refused)"}`;
  });
  console.log(`${name}: ${seen.join(", ")}`);
}
const order = { price: null };
console.log(`${JSON.stringify(order)}: ${JSON.stringify(Value.Convert(Type.Object({ price: Type.Number() }), order))}`);
JS

node run.mjs | tee seen
diff expected seen || exit 1
