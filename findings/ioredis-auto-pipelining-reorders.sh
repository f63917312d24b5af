#!/usr/bin/env bash
# With enableAutoPipelining ioredis 6.0.0 sends SELECT, transactions and pipelines ahead of the commands that it was given before them: a SET goes to the database selected after it, and undoes the transaction that came after it.
#
# ioredis 6.0.0 and 5.8.2, with a server that writes down what it is sent. Commands of one turn are gathered and sent at its end, and what cannot be gathered is sent at once, without what is gathered already. Nothing is said of it;
# with the option off, the order is that of the calls. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund ioredis@6.0.0 ioredis5@npm:ioredis@5.8.2

cat >expected <<'TEXT'
ioredis 5.8.2, off, select: SET a 1, SELECT 1, SET b 2
ioredis 5.8.2, off, transaction: SET a 1, MULTI, SET a 2, EXEC, GET a
ioredis 5.8.2, off, pipeline: SET a 1, SET a 2, GET a
ioredis 5.8.2, on, select: SELECT 1, SET a 1, SET b 2
ioredis 5.8.2, on, transaction: MULTI, SET a 2, EXEC, SET a 1, GET a
ioredis 5.8.2, on, pipeline: SET a 2, SET a 1, GET a
ioredis 6.0.0, off, select: SET a 1, SELECT 1, SET b 2
ioredis 6.0.0, off, transaction: SET a 1, MULTI, SET a 2, EXEC, GET a
ioredis 6.0.0, off, pipeline: SET a 1, SET a 2, GET a
ioredis 6.0.0, on, select: SELECT 1, SET a 1, SET b 2
ioredis 6.0.0, on, transaction: MULTI, SET a 2, EXEC, SET a 1, GET a
ioredis 6.0.0, on, pipeline: SET a 2, SET a 1, GET a
TEXT

cat >run.mjs <<'JS'
import { createServer } from "node:net";

/** A server that answers OK to everything and keeps the names and first arguments of what it is sent. */
const sent = [];
const server = createServer((socket) => {
  let text = "";
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    text += chunk;
    for (let found; (found = /^\*(\d+)\r\n((?:\$\d+\r\n[^\r]*\r\n)*)/.exec(text)); ) {
      const words = found[2].split("\r\n").filter((_, index) => index % 2 === 1);
      if (words.length < Number(found[1])) break;
      text = text.slice(found[0].length);
      const name = words[0].toUpperCase();
      if (name !== "CLIENT") sent.push([name, ...words.slice(1)].join(" "));
      socket.write(name === "EXEC" ? "*1\r\n+OK\r\n" : "+OK\r\n");
    }
  });
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address();

const given = {
  select: (redis) => [redis.set("a", "1"), redis.select(1), redis.set("b", "2")],
  transaction: (redis) => [redis.set("a", "1"), redis.multi().set("a", "2").exec(), redis.get("a")],
  pipeline: (redis) => [redis.set("a", "1"), redis.pipeline().set("a", "2").exec(), redis.get("a")],
};
for (const [version, name] of [
  ["5.8.2", "ioredis5"],
  ["6.0.0", "ioredis"],
]) {
  const { default: Redis } = await import(name);
  for (const enableAutoPipelining of [false, true])
    for (const [title, give] of Object.entries(given)) {
      const redis = new Redis(port, "127.0.0.1", { enableAutoPipelining, enableReadyCheck: false, protocol: 2 });
      await redis.set("ready", "1");
      sent.length = 0;
      await Promise.all(give(redis));
      console.log(`ioredis ${version}, ${enableAutoPipelining ? "on" : "off"}, ${title}: ${sent.join(", ")}`);
      redis.disconnect();
    }
}
process.exit();
JS

node run.mjs | tee seen
diff expected seen || exit 1
