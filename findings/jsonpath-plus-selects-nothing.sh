#!/usr/bin/env bash
# jsonpath-plus 11.3.0 takes `$.a[-1]`, `$.a[?@.b]` and escapes in texts, as the standard writes them, without an error and selects nothing.
#
# jsonpath-plus 11.3.0, beside json-p3 2.3.1, which follows RFC 9535, and jsonpath 1.3.0, which refuses what it does not know. A path that a user or a model has written by the standard looks as if the data were not there. Half of the standard
# works: `[-1:]` does, and `[?(@.b)]`, which looks for a value that is true where the standard looks for the key. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund jsonpath-plus@11.3.0 json-p3@2.3.1 jsonpath@1.3.0

cat >expected <<'TEXT'
$.rows[-1:].id: standard ["C"]; jsonpath-plus ["C"]; jsonpath ["C"]
$.rows[-1].id: standard ["C"]; jsonpath-plus []; jsonpath []
$.rows[?(@.paid)].id: standard ["A","B"]; jsonpath-plus ["A"]; jsonpath ["A"]
$.rows[?@.paid].id: standard ["A","B"]; jsonpath-plus []; jsonpath refuses
$.rows[?@.price>1].id: standard ["B","C"]; jsonpath-plus []; jsonpath refuses
$.rows[?(@.id=='\u0041')].id: standard ["A"]; jsonpath-plus []; jsonpath ["A"]
TEXT

cat >run.mjs <<'JS'
import { jsonpath as standard } from "json-p3";
import other from "jsonpath";
import { JSONPath } from "jsonpath-plus";

const data = { rows: [{ id: "A", price: 1, paid: true }, { id: "B", price: 2, paid: false }, { id: "C", price: 3 }] };
const ways = {
  standard: (path) => standard.query(path, data).values(),
  "jsonpath-plus": (path) => JSONPath({ path, json: data }),
  jsonpath: (path) => other.query(data, path),
};
for (const path of ["$.rows[-1:].id", "$.rows[-1].id", "$.rows[?(@.paid)].id", "$.rows[?@.paid].id", "$.rows[?@.price>1].id", "$.rows[?(@.id=='\\u0041')].id"]) {
  const seen = Object.entries(ways).map(([name, way]) => {
    try {
      return `${name} ${JSON.stringify(way(path))}`;
    } catch {
      return `${name} refuses`;
    }
  });
  console.log(`${path}: ${seen.join("; ")}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
