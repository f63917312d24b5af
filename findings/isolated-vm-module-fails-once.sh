#!/usr/bin/env bash
# A module that has thrown or run out of its time throws once: when isolated-vm 7.0.1 is asked to evaluate it again, it returns undefined as for a success, and so does a module that imports it.
#
# node 24.21.0, isolated-vm 7.0.1. ECMAScript keeps a module's error and gives it to everybody who evaluates the module or imports it. Here only
# the first of each to ask is told: a host that evaluates what it has cached believes that it ran, and finds exports that were never made. Who
# imports a module that was stopped by its time is thrown null. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node
npm i --silent --no-audit --no-fund --ignore-scripts isolated-vm@7.0.1

cat >expected <<'TEXT'
throws: throws no | again: undefined | it has run 1 time
its export: throws made is not defined
imports what throws: throws no | again: undefined | has run: false
outlives its time: throws Script execution timed out. | again: undefined
imports what was stopped: throws null
TEXT

cat >run.cjs <<'JS'
const ivm = require("isolated-vm");

const isolate = new ivm.Isolate();
const context = isolate.createContextSync();
const outcome = (entry) => {
  try {
    return String(entry());
  } catch (error) {
    return error === null ? "throws null" : `throws ${error.message}`;
  }
};
const moduleOf = (source, imported) => {
  const made = isolate.compileModuleSync(source);
  made.instantiateSync(context, () => imported);
  return made;
};
const evaluated = (made, options) => outcome(() => made.evaluateSync(options));

const throwing = moduleOf('globalThis.runs = (globalThis.runs ?? 0) + 1; throw new Error("no"); export const made = 1;');
console.log(`throws: ${evaluated(throwing)} | again: ${evaluated(throwing)} | it has run ${context.evalSync("runs")} time`);
console.log(`its export: ${outcome(() => throwing.namespace.getSync("made"))}`);

const importer = moduleOf('import { made } from "throwing"; globalThis.imported = made;', throwing);
const ran = () => context.evalSync("'imported' in globalThis");
console.log(`imports what throws: ${evaluated(importer)} | again: ${evaluated(importer)} | has run: ${ran()}`);

const slow = moduleOf("{ const end = Date.now() + 400; while (Date.now() < end); } export const made = 1;");
console.log(`outlives its time: ${evaluated(slow, { timeout: 20 })} | again: ${evaluated(slow)}`);
console.log(`imports what was stopped: ${evaluated(moduleOf('import "slow";', slow))}`);
JS

node_modules/.bin/node run.cjs | tee seen
diff expected seen || exit 1
