#!/usr/bin/env bash
# In workerd 1.20260730.1 a key that an object does not have is undefined on an awaited result, and throws when it is read on from the promise; an element of an array, which is there, is undefined.
#
# miniflare 4.20260730.0, which brings workerd 1.20260730.1. Reading on from the promise of a call saves a round trip and is expected to give what awaiting first gives. So an optional key works as long as
# it is set, and the error speaks of a method that nobody called. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund miniflare@4.20260730.0
node_modules/.bin/workerd --version 2>/dev/null >version || npm rebuild --silent workerd

cat >expected <<'TEXT'
(await users.ada()).name: "Ada"; users.ada().name: "Ada"
(await users.ada()).nickname: undefined; users.ada().nickname: TypeError: The RPC receiver does not implement the method "nickname".
(await users.ada()).roles: ["admin"]; users.ada().roles: ["admin"]
(await users.ada()).roles[0]: "admin"; users.ada().roles[0]: undefined
TEXT

cat >run.mjs <<'JS'
import { Miniflare } from "miniflare";

const script = `
  import { WorkerEntrypoint } from "cloudflare:workers";
  export class Users extends WorkerEntrypoint {
    ada() {
      return { name: "Ada", roles: ["admin"] };
    }
  }
  export default {
    async fetch(request, { USERS: users }) {
      const ways = {
        ".name": (user) => user.name,
        ".nickname": (user) => user.nickname,
        ".roles": (user) => user.roles,
        ".roles[0]": (user) => user.roles[0],
      };
      const lines = [];
      for (const [text, way] of Object.entries(ways)) {
        const awaited = JSON.stringify(way(await users.ada()));
        const onward = await Promise.resolve(way(users.ada())).then(JSON.stringify, String);
        lines.push("(await users.ada())" + text + ": " + awaited + "; users.ada()" + text + ": " + onward);
      }
      return new Response(lines.join("\\n"));
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
