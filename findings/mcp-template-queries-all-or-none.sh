#!/usr/bin/env bash
# A resource template notes{?tag,page} of MCP SDK 2.4.0 matches only an address that has both keys, in this order and nothing else: notes?tag=a and notes?page=2&tag=a are not found, and neither is what its own expand has made of one value.
#
# UriTemplate of @modelcontextprotocol/server 2.4.0. RFC 6570 leaves out what has no value, and so does `expand`.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @modelcontextprotocol/server@2.4.0 zod@4.6.7

cat >expected <<'TEXT'
notes:all?tag=a&page=2: {"tag":"a","page":"2"}
notes:all?page=2&tag=a: null
notes:all?tag=a: null
notes:all?tag=a&page=2&x=1: null
notes:all: null
expand {"tag":"a","page":"2"}: notes:all?tag=a&page=2, which is {"tag":"a","page":"2"}
expand {"tag":"a"}: notes:all?tag=a, which is null
expand {"page":"2"}: notes:all?page=2, which is null
expand {}: notes:all, which is null
expand {"tag":"","page":"2"}: notes:all?tag=&page=2, which is null
TEXT

cat >run.mjs <<'JS'
import { UriTemplate } from "@modelcontextprotocol/server";

const notes = new UriTemplate("notes:all{?tag,page}");
for (const address of ["notes:all?tag=a&page=2", "notes:all?page=2&tag=a", "notes:all?tag=a", "notes:all?tag=a&page=2&x=1", "notes:all"])
  console.log(`${address}: ${JSON.stringify(notes.match(address))}`);
for (const values of [{ tag: "a", page: "2" }, { tag: "a" }, { page: "2" }, {}, { tag: "", page: "2" }]) {
  const expanded = notes.expand(values);
  console.log(`expand ${JSON.stringify(values)}: ${expanded}, which is ${JSON.stringify(notes.match(expanded))}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
