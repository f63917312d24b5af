#!/usr/bin/env bash
# With --enable-source-maps, Node 24.21.0 joins a sourceRoot and a source without a slash between them: esbuild's `--source-root=https://example.com/src` gives `https://example.com/srcapp.ts` in stack traces.
#
# A map of esbuild 0.28.2, which writes the root as it is given; tsc writes one that ends in a slash, and is right by that. The format says that a `/` comes between the two, and trace-mapping 0.3.31, source-map 0.8.0 and
# source-map-js 1.2.2 put it there. `findOrigin` of the class SourceMap of Node leaves the root out altogether. Links in logs and the places that error services group by name files that do not
# exist. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0 esbuild@0.28.2 @jridgewell/trace-mapping@0.3.31 source-map@0.8.0 source-map-js@1.2.2

cat >expected <<'TEXT'
https://example.com/src + app.ts: trace-mapping https://example.com/src/app.ts, source-map https://example.com/src/app.ts, source-map-js https://example.com/src/app.ts, findOrigin app.ts, stack trace https://example.com/srcapp.ts
https://example.com/src/ + app.ts: trace-mapping https://example.com/src/app.ts, source-map https://example.com/src/app.ts, source-map-js https://example.com/src/app.ts, findOrigin app.ts, stack trace https://example.com/src/app.ts
src + app.ts: trace-mapping src/app.ts, source-map src/app.ts, source-map-js src/app.ts, findOrigin app.ts, stack trace ./srcapp.ts
/app + app.ts: trace-mapping /app/app.ts, source-map /app/app.ts, source-map-js /app/app.ts, findOrigin app.ts, stack trace /appapp.ts
TEXT

echo 'throw new Error("stop");' >app.ts
cat >run.mjs <<'JS'
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { buildSync } from "esbuild";
import mozilla from "source-map";
import js from "source-map-js";

for (const sourceRoot of ["https://example.com/src", "https://example.com/src/", "src", "/app"]) {
  buildSync({ entryPoints: ["app.ts"], outfile: "app.js", sourcemap: true, sourceRoot });
  const map = JSON.parse(readFileSync("app.js.map", "utf8"));
  const place = { line: 1, column: 0 };
  const { stderr } = spawnSync(process.execPath, ["--enable-source-maps", "app.js"], { encoding: "utf8" });
  const seen = {
    "trace-mapping": originalPositionFor(new TraceMap(map), place).source,
    "source-map": (await new mozilla.SourceMapConsumer(map)).originalPositionFor(place).source,
    "source-map-js": new js.SourceMapConsumer(map).originalPositionFor(place).source,
    findOrigin: new SourceMap(map).findOrigin(1, 1).fileName,
    "stack trace": /at .*?\(?(\S+):1:7/.exec(stderr)[1].replace(process.cwd(), "."),
  };
  console.log(`${sourceRoot} + ${map.sources}: ${Object.entries(seen).map(([name, file]) => `${name} ${file}`).join(", ")}`);
}
JS

node_modules/.bin/node run.mjs | tee seen
diff expected seen || exit 1
