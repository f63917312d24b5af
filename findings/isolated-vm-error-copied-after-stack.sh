#!/usr/bin/env bash
# On Node 24.21.0, isolated-vm 7.0.1 can copy an Error only after somebody has read its stack: before that, ExternalCopy throws the string "illegal access", which is no Error.
#
# Node 24.21.0, isolated-vm 7.0.1. V8 formats a stack when it is first read, Node does so in JavaScript, and a copy of isolated-vm runs none. Whether an error can
# be handed to a guest depends on whether it was logged before. Of its `cause` and of errors in an object the same is true, and a getter is refused
# in the same words, where structuredClone reads it. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node
npm i --silent --no-audit --no-fund --ignore-scripts isolated-vm@7.0.1

cat >expected <<'TEXT'
a new error: throws the string "illegal access"
a caught error: throws the string "illegal access"
an error with its stack read: RangeError out of range
the same with a cause: throws the string "illegal access"
the same with both stacks read: RangeError out of range
an error in an object: throws the string "illegal access"
a getter: throws the string "illegal access"
structuredClone of a new error: RangeError out of range
TEXT

cat >run.mjs <<'JS'
import ivm from "isolated-vm";

const copied = (value) => new ivm.ExternalCopy(value).copy();
const show = (name, copy) => {
  try {
    const made = copy();
    console.log(`${name}: ${made.constructor.name} ${made.message}`);
  } catch (error) {
    console.log(`${name}: throws ${typeof error === "string" ? `the string "${error}"` : error}`);
  }
};
const made = (options) => new RangeError("out of range", options);
const read = (error) => {
  void error.stack;
  return error;
};
const caught = () => {
  try {
    throw made();
  } catch (error) {
    return error;
  }
};
show("a new error", () => copied(made()));
show("a caught error", () => copied(caught()));
show("an error with its stack read", () => copied(read(made())));
show("the same with a cause", () => copied(read(made({ cause: made() }))));
show("the same with both stacks read", () => copied(read(made({ cause: read(made()) }))));
show("an error in an object", () => copied({ error: made() }).error);
show("a getter", () => copied({ get message() { return "read"; } }));
show("structuredClone of a new error", () => structuredClone(made()));
JS

node_modules/.bin/node run.mjs | tee seen
diff expected seen || exit 1
