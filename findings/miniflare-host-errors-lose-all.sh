#!/usr/bin/env bash
# In miniflare 4.20260730.0 an error of an RPC method that is called from the host has lost its keys, its name and its cause: of `code` nothing is left, a class of its own is Error, and an object that was thrown is an Error "#<Object>".
#
# miniflare 4.20260730.0, with `getBindings()`. From a Worker to a Worker, over the same binding, all of it but the class is kept. So what tells a refusal from a fault, `error.code` or `error.name`, holds in production and
# not in the test that runs in Node. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund miniflare@4.20260730.0
node_modules/.bin/workerd --version 2>/dev/null >version || npm rebuild --silent workerd

cat >expected <<'TEXT'
in the host, a LimitError: Error "LimitError: too many", name Error, code undefined, cause undefined
in the host, an object: Error "#<Object>", name Error, code undefined, cause undefined
in a Worker, a LimitError: Error "too many", name LimitError, code "E_LIMIT", cause "disk"
in a Worker, an object: Object undefined, name undefined, code "E_LIMIT", cause undefined
TEXT

cat >run.mjs <<'JS'
import { Miniflare } from "miniflare";

const look = async (place, limits) => {
  const ways = { "a LimitError": async () => limits.error(), "an object": async () => limits.object() };
  const lines = [];
  for (const [title, way] of Object.entries(ways)) {
    const error = await way().catch((reason) => reason);
    const [message, code, cause] = [error.message, error.code, error.cause?.message].map((value) => JSON.stringify(value));
    lines.push(`in ${place}, ${title}: ${error.constructor.name} ${message}, name ${error.name}, code ${code}, cause ${cause}`);
  }
  return lines.join("\n");
};
const script = `
  import { WorkerEntrypoint } from "cloudflare:workers";
  class LimitError extends Error {
    name = "LimitError";
    code = "E_LIMIT";
  }
  export class Limits extends WorkerEntrypoint {
    async error() { throw new LimitError("too many", { cause: new Error("disk") }); }
    async object() { throw { code: "E_LIMIT" }; }
  }
  const look = ${look};
  export default { fetch: async (request, { LIMITS }) => new Response(await look("a Worker", LIMITS)) };
`;
const miniflare = new Miniflare({
  name: "main",
  modules: true,
  script,
  compatibilityDate: "2026-07-01",
  serviceBindings: { LIMITS: { name: "main", entrypoint: "Limits" } },
});
const { LIMITS } = await miniflare.getBindings();
console.log(await look("the host", LIMITS));
const response = await miniflare.dispatchFetch("http://localhost/");
console.log(await response.text());
await miniflare.dispose();
JS

node run.mjs 2>warnings | tee seen
diff expected seen || exit 1
