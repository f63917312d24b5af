#!/usr/bin/env bash
# In @bufbuild/protobuf 2.17.0 the JSON "1e2" or "1.0" is read as an int32 and refused as an int64, and " 1" with a space is refused as an int32 and read as an int64.
#
# Both are whole numbers of one format, and JSON of protobuf allows texts for either, so one expects one grammar for both. A field that is widened from int32 to int64
# stops taking JSON that it took before, "100.0" of a spreadsheet for example. As a JSON number 1e2 is read by both, because it is 100 before anybody sees it.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @bufbuild/protobuf@2.17.0

cat >expected <<'TEXT'
"1e2": int32 100, uint32 100, int64 refused, uint64 refused
"1.0": int32 1, uint32 1, int64 refused, uint64 refused
"1.": int32 1, uint32 1, int64 refused, uint64 refused
".5e1": int32 5, uint32 5, int64 refused, uint64 refused
" 1": int32 refused, uint32 refused, int64 1, uint64 1
"100": int32 100, uint32 100, int64 100, uint64 100
100: int32 100, uint32 100, int64 100, uint64 100
TEXT

cat >run.mjs <<'JS'
import { fromJson } from "@bufbuild/protobuf";
import { Int32ValueSchema, Int64ValueSchema, UInt32ValueSchema, UInt64ValueSchema } from "@bufbuild/protobuf/wkt";

const schemas = { int32: Int32ValueSchema, uint32: UInt32ValueSchema, int64: Int64ValueSchema, uint64: UInt64ValueSchema };
for (const json of ["1e2", "1.0", "1.", ".5e1", " 1", "100", 1e2]) {
  const seen = Object.entries(schemas).map(([name, schema]) => {
    try {
      return `${name} ${fromJson(schema, json).value}`;
    } catch {
      return `${name} refused`;
    }
  });
  console.log(`${JSON.stringify(json)}: ${seen.join(", ")}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
