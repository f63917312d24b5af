#!/usr/bin/env bash
# runtypes 7.0.5: `parse` of `["a", 1, 2]` by a tuple with a rest gives `["a", [1, 2]]`, which the tuple refuses, and by a template makes "v1.5" of "v1.05" and "id-1000" of "id-1e3".
#
# runtypes 7.0.5, runtypes without any parser of one's own, for which the types of `check` and `parse` are the same. `check` gives back the value. Numbers of
# a template are read and written anew, so a text that stands for more than its number does not survive, and one with more than 16 digits becomes
# another. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund --ignore-scripts runtypes@7.0.5

cat >expected <<'TEXT'
a rest: check ["a",1,2], parse ["a",[1,2]], parse again throws Expected [string, ...number[]], but was incompatible
an empty rest: check ["a"], parse ["a",[]], parse again throws Expected [string, ...number[]], but was incompatible
a rest in the middle: check ["a",1,2,true], parse ["a",[1,2],true], parse again throws Expected [string, ...number[], boolean], but was incompatible
a spread tuple: check ["a",1,2], parse ["a",1,2], parse again ["a",1,2]
a version: check "v1.05", parse "v1.5", parse again "v1.5"
an id: check "id-007", parse "id-7", parse again "id-7"
an id of hexadecimal digits: check "id-1e3", parse "id-1000", parse again "id-1000"
a long id: check "id-12345678901234567890", parse "id-12345678901234567000", parse again "id-12345678901234567000"
TEXT

cat >run.mjs <<'JS'
import { Array, Boolean, Number, Spread, String, Template, Tuple } from "runtypes";

function seen(title, runtype, value) {
  const parsed = runtype.parse(value);
  let again;
  try {
    again = JSON.stringify(runtype.parse(parsed));
  } catch (error) {
    again = `throws ${error.message.split("\n")[0]}`;
  }
  console.log(`${title}: check ${JSON.stringify(runtype.check(value))}, parse ${JSON.stringify(parsed)}, parse again ${again}`);
}

const numbers = Spread(Array(Number));
seen("a rest", Tuple(String, numbers), ["a", 1, 2]);
seen("an empty rest", Tuple(String, numbers), ["a"]);
seen("a rest in the middle", Tuple(String, numbers, Boolean), ["a", 1, 2, true]);
seen("a spread tuple", Tuple(String, Spread(Tuple(Number, Number))), ["a", 1, 2]);
seen("a version", Template("v", Number, ".", Number), "v1.05");
const id = Template("id-", Number);
seen("an id", id, "id-007");
seen("an id of hexadecimal digits", id, "id-1e3");
seen("a long id", id, "id-12345678901234567890");
JS

node run.mjs | tee seen
diff expected seen || exit 1
