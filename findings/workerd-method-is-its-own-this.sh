#!/usr/bin/env bash
# In workerd 1.20260730.1 a method of a plain object that was returned over RPC has its object as `this` when it is called on the promise, and when it is called on the awaited object the function itself: `this.name` is then the name of the method.
#
# miniflare 4.20260730.0, which brings workerd 1.20260730.1. `await` is expected to change nothing but the time, or `this` to be undefined, as for a function taken from its object. Here a key that the object
# has and functions have too, `name` or `length`, is read without an error and is wrong. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund miniflare@4.20260730.0
node_modules/.bin/workerd --version 2>/dev/null >version || npm rebuild --silent workerd

cat >expected <<'TEXT'
users.ada().hello(): Hello Ada, 7 roles
(await users.ada()).hello(): Hello hello, 0 roles
typeof this: object, then function
TEXT

cat >run.mjs <<'JS'
import { Miniflare } from "miniflare";

const script = `
  import { WorkerEntrypoint } from "cloudflare:workers";
  export class Users extends WorkerEntrypoint {
    ada() {
      return {
        name: "Ada",
        length: 7,
        hello() { return "Hello " + this.name + ", " + this.length + " roles"; },
        kind() { return typeof this; },
      };
    }
  }
  export default {
    async fetch(request, { USERS: users }) {
      using ada = await users.ada();
      return new Response([
        "users.ada().hello(): " + (await users.ada().hello()),
        "(await users.ada()).hello(): " + (await ada.hello()),
        "typeof this: " + (await users.ada().kind()) + ", then " + (await ada.kind()),
      ].join("\\n"));
    },
  };
`;
const miniflare = new Miniflare({
  name: "main",
  modules: true,
  script,
  compatibilityDate: "2026-07-01",
  serviceBindings: { USERS: { name: "main", entrypoint: "Users" } },
});
const response = await miniflare.dispatchFetch("http://localhost/");
console.log(await response.text());
await miniflare.dispose();
JS

node run.mjs 2>warnings | tee seen
diff expected seen || exit 1
