#!/usr/bin/env bash
# In miniflare 4.20260730.0 an RPC method that is called from the host, also an async one, returns its value in place of a promise and throws in place of rejecting, and until then nothing else of the host runs.
#
# miniflare 4.20260730.0, with `getBindings()`. Calls of Workers RPC are asynchronous by its docs, whatever the method is, and from a Worker to a Worker it is so. `await` hides the difference; `call().catch(...)` fails for want of
# the method, `Promise.all` runs one call after the other, and a timeout of the host comes too late. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund miniflare@4.20260730.0
node_modules/.bin/workerd --version 2>/dev/null >version || npm rebuild --silent workerd

cat >expected <<'TEXT'
in the host, add(1, 2): 3
in the host, addAsync(1, 2): 3
in the host, fail(): throws refused
in the host, failAsync(): throws refused
in a Worker, add(1, 2): a promise of 3
in a Worker, addAsync(1, 2): a promise of 3
in a Worker, fail(): a promise that rejects with refused
in a Worker, failAsync(): a promise that rejects with refused
wait(200) in the host: a timer of 10 ms has fired 0 times
TEXT

cat >run.mjs <<'JS'
import { Miniflare } from "miniflare";

const look = async (place, sums) => {
  const ways = {
    "add(1, 2)": () => sums.add(1, 2),
    "addAsync(1, 2)": () => sums.addAsync(1, 2),
    "fail()": () => sums.fail(),
    "failAsync()": () => sums.failAsync(),
  };
  const lines = [];
  for (const [text, way] of Object.entries(ways)) {
    let told;
    try {
      const value = way();
      told =
        typeof value.then === "function"
          ? await value.then(
              (given) => `a promise of ${given}`,
              (error) => `a promise that rejects with ${error.message}`,
            )
          : String(value);
    } catch (error) {
      told = `throws ${error.message}`;
    }
    lines.push(`in ${place}, ${text}: ${told}`);
  }
  return lines.join("\n");
};
const script = `
  import { WorkerEntrypoint } from "cloudflare:workers";
  export class Sums extends WorkerEntrypoint {
    add(a, b) { return a + b; }
    async addAsync(a, b) { return a + b; }
    fail() { throw new Error("refused"); }
    async wait(time) { await scheduler.wait(time); }
    async failAsync() { throw new Error("refused"); }
  }
  const look = ${look};
  export default { fetch: async (request, { SUMS }) => new Response(await look("a Worker", SUMS)) };
`;
const miniflare = new Miniflare({
  name: "main",
  modules: true,
  script,
  compatibilityDate: "2026-07-01",
  serviceBindings: { SUMS: { name: "main", entrypoint: "Sums" } },
});
const { SUMS } = await miniflare.getBindings();
console.log(await look("the host", SUMS));
const response = await miniflare.dispatchFetch("http://localhost/");
console.log(await response.text());

let fired = 0;
const timer = setInterval(() => fired++, 10);
await SUMS.wait(200);
clearInterval(timer);
console.log(`wait(200) in the host: a timer of 10 ms has fired ${fired} times`);
await miniflare.dispose();
JS

node run.mjs 2>warnings | tee seen
diff expected seen || exit 1
