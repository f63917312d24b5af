#!/usr/bin/env bash
# In isolated-vm 7.0.1 a host function knows the AsyncLocalStorage store of whoever runs the script only when the script is run by evalSync: by eval, and in the modes async and ignored, it runs in none.
#
# node 24.21.0, isolated-vm 7.0.1. So a change from evalSync to eval, which lets the host go on meanwhile, takes tenant, trace and transaction away from every host function, without an error.
# The store of whoever made the Callback or the isolate is no help. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node
npm i --silent --no-audit --no-fund --ignore-scripts isolated-vm@7.0.1

cat >expected <<'TEXT'
evalSync, Callback by default: caller
evalSync, Callback async: undefined
evalSync, Callback ignored: undefined
eval, Callback by default: undefined
eval, Callback async: undefined
eval, Callback ignored: undefined
TEXT

cat >run.cjs <<'JS'
const { AsyncLocalStorage } = require("node:async_hooks");
const ivm = require("isolated-vm");

const storage = new AsyncLocalStorage();
const modes = { "by default": {}, async: { async: true }, ignored: { ignored: true } };
const ways = {
  evalSync: async (context, source) => context.evalSync(source),
  eval: (context, source) => context.eval(source),
};
(async () => {
  for (const [way, run] of Object.entries(ways))
    for (const [mode, options] of Object.entries(modes)) {
      const isolate = storage.run("maker", () => new ivm.Isolate());
      const context = storage.run("maker", () => isolate.createContextSync());
      const { promise, resolve } = Promise.withResolvers();
      storage.run("maker", () => context.global.setSync("host", new ivm.Callback(() => resolve(storage.getStore()), options)));
      await storage.run("caller", () => run(context, "host(); 0"));
      console.log(`${way}, Callback ${mode}: ${await promise}`);
      isolate.dispose();
    }
})();
JS

node_modules/.bin/node run.cjs | tee seen
diff expected seen || exit 1
