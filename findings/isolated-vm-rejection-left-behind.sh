#!/usr/bin/env bash
# In isolated-vm 7.0.1 a script that throws leaves its unhandled rejections to the isolate, and the next entry, even the making of another context, throws the first of them and forgets the rest.
#
# node 24.21.0, isolated-vm 7.0.1. Without a throw of its own, a script that has completed with a value throws its first unhandled
# rejection at once. With one, the rejection waits: an innocent script in another context runs to its end, has its effects, and throws the
# stranger's error in place of its value. A handler attached by the next entry takes the rejection back, and nothing is thrown.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node
npm i --silent --no-audit --no-fund --ignore-scripts isolated-vm@7.0.1

cat >expected <<'TEXT'
rejects twice, completes: throws one | then B: value 1
rejects twice, throws: throws own | then B: throws one | B had run: value true | then B: value 1
rejects, throws: throws own | new context: throws one | then B: value 1
rejects, throws: throws own | B rejects too: throws one | then B: value 1
rejects, throws: throws own | A attaches a handler: value 2 | then B: value 1
TEXT

cat >run.cjs <<'JS'
const ivm = require("isolated-vm");

const outcome = (entry) => {
  try {
    return `value ${entry()}`;
  } catch (error) {
    return `throws ${error.message}`;
  }
};
const inFreshIsolate = (...steps) => {
  const isolate = new ivm.Isolate();
  const at = { isolate, a: isolate.createContextSync(), b: isolate.createContextSync() };
  console.log(steps.map(([title, entry]) => `${title}: ${outcome(() => entry(at))}`).join(" | "));
  isolate.dispose();
};

const one = 'globalThis.left = Promise.reject(new Error("one"));';
const two = 'Promise.reject(new Error("two"));';
const own = 'throw new Error("own");';
const thenB = ["then B", ({ b }) => b.evalSync("1")];

inFreshIsolate(["rejects twice, completes", ({ a }) => a.evalSync(`${one}${two} 0`)], thenB);
inFreshIsolate(
  ["rejects twice, throws", ({ a }) => a.evalSync(one + two + own)],
  ["then B", ({ b }) => b.evalSync("globalThis.ran = true; 1")],
  ["B had run", ({ b }) => b.evalSync("ran")],
  thenB,
);
inFreshIsolate(
  ["rejects, throws", ({ a }) => a.evalSync(one + own)],
  ["new context", ({ isolate }) => typeof isolate.createContextSync()],
  thenB,
);
inFreshIsolate(
  ["rejects, throws", ({ a }) => a.evalSync(one + own)],
  ["B rejects too", ({ b }) => b.evalSync(`${two} 0`)],
  thenB,
);
inFreshIsolate(
  ["rejects, throws", ({ a }) => a.evalSync(one + own)],
  ["A attaches a handler", ({ a }) => a.evalSync("left.catch(() => {}); 2")],
  thenB,
);
JS

node_modules/.bin/node run.cjs | tee seen
diff expected seen || exit 1
