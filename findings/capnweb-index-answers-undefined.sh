#!/usr/bin/env bash
# In capnweb 0.12.0 an element of an array that is asked for before the array is there, as in `await api.users()[0]`, is undefined, where its types promise the element.
#
# capnweb 0.12.0, typescript 6.0.3. Reading on from a promise is what the protocol is for, and a key of an object works. The key of a proxy is the text "0", and the other side takes
# only numbers for arrays. Nothing fails: the caller finds no user where there is one, and a call with `api.users()[0]` as an argument gets undefined. `.map` is right.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund capnweb@0.12.0 typescript@6.0.3

cat >expected <<'TEXT'
api.byName().ada: { name: 'Ada' }
api.users()[0]: undefined
(await api.users())[0]: { name: 'Ada' }
api.users().map((user) => user.name): [ 'Ada', 'Bob' ]
api.greet(api.byName().ada): 'Hello Ada'
api.greet(api.users()[0]): 'Hello nobody'
errors of types: none
TEXT

cat >run.ts <<'TS'
import { newMessagePortRpcSession, RpcTarget } from "capnweb";
import { inspect } from "node:util";

type User = { name: string };
class Users extends RpcTarget {
  users(): User[] {
    return [{ name: "Ada" }, { name: "Bob" }];
  }
  byName(): { ada: User } {
    return { ada: { name: "Ada" } };
  }
  greet(user: User | undefined): string {
    return `Hello ${user?.name ?? "nobody"}`;
  }
}
const { port1, port2 } = new MessageChannel();
newMessagePortRpcSession(port1, new Users());
const api = newMessagePortRpcSession<Users>(port2);

const show = (title: string, value: unknown) => console.log(`${title}: ${inspect(value)}`);
const ada: User = await api.byName().ada;
show("api.byName().ada", ada);
const first: User = await api.users()[0];
show("api.users()[0]", first);
show("(await api.users())[0]", (await api.users())[0]);
show("api.users().map((user) => user.name)", await api.users().map((user) => user.name));
show("api.greet(api.byName().ada)", await api.greet(api.byName().ada));
show("api.greet(api.users()[0])", await api.greet(api.users()[0]));
port1.close();
TS
cat >node.d.ts <<'TS'
declare module "node:util" {
  export const inspect: (value: unknown) => string;
}
TS

cat >tsconfig.json <<'JSON'
{
  "compilerOptions": { "strict": true, "skipLibCheck": true, "target": "es2022", "lib": ["esnext", "dom"], "module": "esnext", "moduleResolution": "bundler", "types": [] },
  "files": ["run.ts", "node.d.ts"]
}
JSON

{
  types=$(node_modules/.bin/tsc || true)
  mv run.js run.mjs
  node run.mjs
  echo "errors of types: ${types:-none}"
} | tee seen
diff expected seen || exit 1
