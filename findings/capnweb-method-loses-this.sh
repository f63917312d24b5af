#!/usr/bin/env bash
# In capnweb 0.12.0 a method of a plain object that was returned has its object as `this` when it is called on the promise, and undefined when it is called on the awaited object.
#
# capnweb 0.12.0. Functions in plain objects pass by reference, and `await` is expected to change nothing but the time. It copies the object and makes of each function a stub of its own, so a method
# that reads `this.id` works in a test that chains and fails for who keeps the object. With a class that extends RpcTarget both are right. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund capnweb@0.12.0

cat >expected <<'TEXT'
plain object, api.plain().read(): 7
plain object, (await api.plain()).read(): Cannot read properties of undefined (reading 'id')
RpcTarget, api.target().read(): 7
RpcTarget, (await api.target()).read(): 7
TEXT

cat >run.mjs <<'JS'
import { newMessagePortRpcSession, RpcTarget } from "capnweb";

class Note extends RpcTarget {
  get id() {
    return 7;
  }
  read() {
    return this.id;
  }
}
class Notes extends RpcTarget {
  plain() {
    return {
      id: 7,
      read() {
        return this.id;
      },
    };
  }
  target() {
    return new Note();
  }
}
const { port1, port2 } = new MessageChannel();
newMessagePortRpcSession(port1, new Notes());
const api = newMessagePortRpcSession(port2);

const say = async (title, call) => console.log(`${title}: ${await call().catch((error) => error.message)}`);
await say("plain object, api.plain().read()", async () => await api.plain().read());
await say("plain object, (await api.plain()).read()", async () => await (await api.plain()).read());
await say("RpcTarget, api.target().read()", async () => await api.target().read());
await say("RpcTarget, (await api.target()).read()", async () => await (await api.target()).read());
port1.close();
JS

node run.mjs | tee seen
diff expected seen || exit 1
