#!/usr/bin/env bash
# For a line of a bundle that no mapping is for, `findOrigin` of Node 24.21.0 gives a place counted on from the last mapping before it: lines past the end of the source, and columns below 1.
#
# Bundles of esbuild 0.28.2, whose wrappers and footers are of no source. The documentation says that an empty object is returned where the map has nothing; trace-mapping 0.3.31 has a source of null. The line of the source grows
# with the line of the bundle, the column is less by what the last mapping has, so a tool that marks the place in the source marks another, or throws. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0 esbuild@0.28.2 @jridgewell/trace-mapping@0.3.31

cat >expected <<'TEXT'
var require_legacy = __commonJS({ | findOrigin legacy.cjs line 1 column 1, trace-mapping legacy.cjs line 1 column 1
  "legacy.cjs"(exports) { | findOrigin legacy.cjs line 1 column 1, trace-mapping legacy.cjs line 1 column 1
    exports.read = (text) => text.trim() | findOrigin legacy.cjs line 1 column 1, trace-mapping legacy.cjs line 1 column 1
  } | findOrigin nothing, trace-mapping nothing
}); | findOrigin legacy.cjs line 1 column 36, trace-mapping legacy.cjs line 1 column 36
// app.ts | findOrigin legacy.cjs line 3 column 36, trace-mapping nothing
var import_legacy = __toESM(require_lega | findOrigin app.ts line 1 column 1, trace-mapping app.ts line 1 column 1
console.log((0, import_legacy.read)(" ap | findOrigin app.ts line 2 column 1, trace-mapping app.ts line 2 column 1
// built by us | findOrigin app.ts line 3 column -18, trace-mapping nothing
globalThis.ready = true; | findOrigin app.ts line 4 column -18, trace-mapping nothing
//# sourceMappingURL=out.js.map | findOrigin app.ts line 5 column -18, trace-mapping nothing
TEXT

echo 'exports.read = (text) => text.trim();' >legacy.cjs
cat >app.ts <<'TS'
import { read } from "./legacy.cjs";
console.log(read(" app "));
TS
cat >run.mjs <<'JS'
import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { buildSync } from "esbuild";

buildSync({ entryPoints: ["app.ts"], outfile: "out.js", bundle: true, format: "esm", sourcemap: "linked", footer: { js: "// built by us\nglobalThis.ready = true;" } });
const map = JSON.parse(readFileSync("out.js.map", "utf8"));
const [node, trace] = [new SourceMap(map), new TraceMap(map)];
const lines = readFileSync("out.js", "utf8").split("\n");
for (const text of lines.slice(lines.findIndex((line) => line.startsWith("var require_"))).filter(Boolean)) {
  const line = lines.indexOf(text) + 1;
  const { fileName, lineNumber, columnNumber } = node.findOrigin(line, 1);
  const other = originalPositionFor(trace, { line, column: 0 });
  console.log(`${text.slice(0, 40)} | findOrigin ${fileName ? `${fileName} line ${lineNumber} column ${columnNumber}` : "nothing"}, trace-mapping ${other.source ? `${other.source} line ${other.line} column ${other.column + 1}` : "nothing"}`);
}
JS

node_modules/.bin/node run.mjs | tee seen
diff expected seen || exit 1
