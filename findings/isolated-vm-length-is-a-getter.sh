#!/usr/bin/env bash
# To a Reference of isolated-vm 7.0.1 the length of an array is a getter: getSync("length") throws "Property is getter", though it is a data property and the elements can be had.
#
# node 24.21.0, isolated-vm 7.0.1. It can be had with `accessors: true`, which has the getters of the guest run without a timeout, so a host must not say so for a script it does not trust.
# The length of `arguments` or of a plain object is given, and a function, whose `typeof` the Reference does say, has no properties at all. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node
npm i --silent --no-audit --no-fund --ignore-scripts isolated-vm@7.0.1

cat >expected <<'TEXT'
0 of an array: a data property true, "a", with accessors "a"
length of an array: a data property true, throws Property is getter, with accessors 2
length of an object: a data property true, 2, with accessors 2
length of arguments: a data property true, 2, with accessors 2
length of a function: a data property true, throws Reference is not an object, with accessors throws Reference is not an object
name of a function: a data property true, throws Reference is not an object, with accessors throws Reference is not an object
lastIndex of a regular expression: a data property true, 0, with accessors 0
TEXT

cat >run.cjs <<'JS'
const ivm = require("isolated-vm");

const isolate = new ivm.Isolate();
const context = isolate.createContextSync();
const outcome = (entry) => {
  try {
    return JSON.stringify(entry()) ?? "undefined";
  } catch (error) {
    return `throws ${error.message}`;
  }
};
const asked = (title, source, ...keys) => {
  const held = context.evalSync(source, { reference: true });
  for (const key of keys) {
    const data = context.evalSync(`"value" in Object.getOwnPropertyDescriptor(${source}, "${key}")`);
    const accessors = outcome(() => held.getSync(key, { accessors: true }));
    console.log(`${key} of ${title}: a data property ${data}, ${outcome(() => held.getSync(key))}, with accessors ${accessors}`);
  }
};

asked("an array", '["a", "b"]', "0", "length");
asked("an object", "({ length: 2 })", "length");
asked("arguments", "(function () { return arguments; })(1, 2)", "length");
asked("a function", "(function named(one) {})", "length", "name");
asked("a regular expression", "/a/g", "lastIndex");
JS

node_modules/.bin/node run.cjs | tee seen
diff expected seen || exit 1
