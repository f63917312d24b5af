#!/usr/bin/env bash
# capnweb 0.12.0 refuses an object without a prototype, such as the groups of a regular expression or the values of util.parseArgs, and does not say which.
#
# capnweb 0.12.0. "Plain objects" pass by value, and for structured clone, JSON, devalue and superjson these are. They print like any other object, so a result that is put together from
# standard functions fails at the caller, with a message that names no key. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund capnweb@0.12.0 devalue@6.0.3 superjson@2.2.7

cat >expected <<'TEXT'
{ ...groups }: capnweb {"day":"28"}; structured clone {"day":"28"}; devalue {"day":"28"}; superjson {"day":"28"}
groups of a match: capnweb Cannot serialize value: (couldn't stringify value); structured clone {"day":"28"}; devalue {"day":"28"}; superjson {"day":"28"}
values of parseArgs: capnweb Cannot serialize value: (couldn't stringify value); structured clone {"all":true}; devalue {"all":true}; superjson {"all":true}
querystring.parse: capnweb Cannot serialize value: (couldn't stringify value); structured clone {"q":"a"}; devalue {"q":"a"}; superjson {"q":"a"}
TEXT

cat >run.mjs <<'JS'
import { parse } from "node:querystring";
import { parseArgs } from "node:util";
import * as capnweb from "capnweb";
import * as devalue from "devalue";
import superjson from "superjson";

const { groups } = /(?<day>\d+)$/.exec("2026-11-28");
const values = {
  "{ ...groups }": { ...groups },
  "groups of a match": groups,
  "values of parseArgs": parseArgs({ args: ["--all"], options: { all: { type: "boolean" } } }).values,
  "querystring.parse": parse("q=a"),
};
const ways = {
  capnweb: (value) => capnweb.deserialize(capnweb.serialize(value)),
  "structured clone": (value) => structuredClone(value),
  devalue: (value) => devalue.parse(devalue.stringify(value)),
  superjson: (value) => superjson.parse(superjson.stringify(value)),
};
for (const [title, value] of Object.entries(values)) {
  const seen = Object.entries(ways).map(([name, way]) => {
    try {
      return `${name} ${JSON.stringify(way(value))}`;
    } catch (error) {
      return `${name} ${error.message}`;
    }
  });
  console.log(`${title}: ${seen.join("; ")}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
