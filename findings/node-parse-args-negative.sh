#!/usr/bin/env bash
# With allowNegative, util.parseArgs of Node 24.21.0 never sets an option whose name begins with no-: a declared --no-cache arrives in strict mode as { cache: false }, a name nobody declared.
#
# Node 24.21.0. No error is thrown, where any other name that is not declared is refused. An option `notes` is safe, `no-op` is not, and two of them in one word take one `no-` off.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node

cat >expected <<'TEXT'
--no-cache, declared no-cache: {"no-cache":true}
--no-cache, declared no-cache, allowNegative: {"cache":false}
--no-cache, declared no-cache and color, allowNegative: {"cache":false}
--no-cache, declared no-cache and cache, allowNegative: {"cache":false}
--no-no-cache, declared no-cache, allowNegative: {"no-cache":false}
--no-cache, declared color, allowNegative: ERR_PARSE_ARGS_UNKNOWN_OPTION
--cache, declared no-cache, allowNegative: ERR_PARSE_ARGS_UNKNOWN_OPTION
TEXT

cat >run.mjs <<'JS'
import { parseArgs } from "node:util";

const seen = (args, names, allowNegative) => {
  const options = Object.fromEntries(names.map((name) => [name, { type: "boolean" }]));
  let said;
  try {
    said = JSON.stringify(parseArgs({ args, options, allowNegative }).values);
  } catch (error) {
    said = error.code;
  }
  console.log(`${args.join(" ")}, declared ${names.join(" and ")}${allowNegative ? ", allowNegative" : ""}: ${said}`);
};

seen(["--no-cache"], ["no-cache"], false);
seen(["--no-cache"], ["no-cache"], true);
seen(["--no-cache"], ["no-cache", "color"], true);
seen(["--no-cache"], ["no-cache", "cache"], true);
seen(["--no-no-cache"], ["no-cache"], true);
seen(["--no-cache"], ["color"], true);
seen(["--cache"], ["no-cache"], true);
JS

node_modules/.bin/node run.mjs | tee seen
diff expected seen || exit 1
