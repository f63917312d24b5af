#!/usr/bin/env bash
# In source-map-js 1.2.2 the first column of a section of an index map belongs to the section before it, and that of a file or of a line to no source at all.
#
# An index map holds a map for each part of a bundle, `sections: [{ offset, map }]`, and begins at column 0. One expects a position at the offset of a section to be in it, as
# @jridgewell/trace-mapping 0.3.31 has it. Here the offsets are kept as one more than they are, and compared with columns as they are asked for. Sections of whole lines are hit
# most: each begins at column 0, where the stack of a statement at the start of a line points. A flat map of the same content answers rightly.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund source-map-js@1.2.2 @jridgewell/trace-mapping@0.3.31

cat >expected <<'TEXT'
1:0 source-map-js none, trace-mapping a.js
1:1 source-map-js a.js, trace-mapping a.js
1:10 source-map-js a.js, trace-mapping b.js
1:11 source-map-js b.js, trace-mapping b.js
2:0 source-map-js none, trace-mapping c.js
2:1 source-map-js c.js, trace-mapping c.js
flat map, 1:0 source-map-js a.js, trace-mapping a.js
TEXT

cat >run.mjs <<'JS'
import { AnyMap, originalPositionFor } from "@jridgewell/trace-mapping";
import { SourceMapConsumer } from "source-map-js";

/** One segment at its beginning. */
const flat = (source) => ({ version: 3, sources: [source], names: [], mappings: "AAAA" });
const index = {
  version: 3,
  sections: [
    { offset: { line: 0, column: 0 }, map: flat("a.js") },
    { offset: { line: 0, column: 10 }, map: flat("b.js") },
    { offset: { line: 1, column: 0 }, map: flat("c.js") },
  ],
};
function sources(map, position) {
  const one = new SourceMapConsumer(map).originalPositionFor(position).source;
  const other = originalPositionFor(new AnyMap(map), position).source;
  return `source-map-js ${one ?? "none"}, trace-mapping ${other ?? "none"}`;
}
for (const [line, column] of [[1, 0], [1, 1], [1, 10], [1, 11], [2, 0], [2, 1]])
  console.log(`${line}:${column} ${sources(index, { line, column })}`);
console.log(`flat map, 1:0 ${sources(flat("a.js"), { line: 1, column: 0 })}`);
JS

node run.mjs | tee seen
diff expected seen || exit 1
