#!/usr/bin/env bash
# In quickjs-emscripten 0.32.0 a text ends at its first NUL on the way in and on the way out, so that "a\0b" is "a" on the other side, of length 1, and two keys that differ behind a NUL are one.
#
# quickjs-emscripten 0.32.0. Inside the engine such texts are whole: a script that asks for the length of what it made is told 3. There is no error; JSON with \u0000 in it, written on one side
# and read on the other, is a way around. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund quickjs-emscripten@0.32.0

cat >expected <<'TEXT'
given with newString: "a", length inside 1
made inside: "a", length inside 3
getString: "a"
argument of a host function: "1 letters"
object with two keys: {"key":2}
dump of an object made inside: {"keya\u0000b":"a\u0000b"}
error of a script: throws "a\u0000b"
JSON: "\"a\\u0000b\"" out, length inside of what came in 3
TEXT

cat >run.mjs <<'JS'
import { getQuickJS } from "quickjs-emscripten";

const engine = await getQuickJS();
const context = engine.newContext();
const evaluated = (source) => {
  const result = context.evalCode(source);
  return result.error ? `throws ${JSON.stringify(context.dump(result.error).message)}` : JSON.stringify(context.dump(result.value));
};
const text = "a\0b";

context.setProp(context.global, "given", context.newString(text));
console.log(`given with newString: ${evaluated("given")}, length inside ${evaluated("given.length")}`);
console.log(`made inside: ${evaluated("globalThis.made = String.raw`a` + String.fromCharCode(0) + 'b'")}, length inside ${evaluated("made.length")}`);
console.log(`getString: ${JSON.stringify(context.getString(context.getProp(context.global, "made")))}`);
const echo = context.newFunction("echo", (handle) => {
  const heard = context.getString(handle);
  return context.newString(`${heard.length} letters`);
});
context.setProp(context.global, "echo", echo);
console.log(`argument of a host function: ${evaluated("echo(made)")}`);
const object = context.newObject();
context.setProp(object, "key\0one", context.newNumber(1));
context.setProp(object, "key\0two", context.newNumber(2));
context.setProp(context.global, "object", object);
console.log(`object with two keys: ${evaluated("object")}`);
console.log(`dump of an object made inside: ${evaluated("({ ['key' + made]: made })")}`);
console.log(`error of a script: ${evaluated("throw new Error(made)")}`);
console.log(`JSON: ${evaluated("JSON.stringify(made)")} out, length inside of what came in ${evaluated(`JSON.parse(${JSON.stringify(JSON.stringify(text))}).length`)}`);
JS

node run.mjs | tee seen
diff expected seen || exit 1
