#!/usr/bin/env bash
# In apache-arrow 21.2.0 a Float16 of 70000 comes back as 2.13, and one of 0.00000001 as -Infinity.
#
# apache-arrow 21.2.0, beside the Float16Array of Node 24.21.0. A number that a half float cannot hold becomes Infinity or 0, as the standard and Float16Array have it; here the bits of the exponent that do not fit
# are other numbers, of plausible size. A gradient or a weight next to zero is enough. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund apache-arrow@21.2.0 node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node

cat >expected <<'TEXT'
1.5: apache-arrow 1.5, Float16Array 1.5
65504: apache-arrow 65504, Float16Array 65504
65520: apache-arrow Infinity, Float16Array Infinity
70000: apache-arrow 2.134765625, Float16Array Infinity
131072: apache-arrow 2, Float16Array Infinity
-100000: apache-arrow -3.05078125, Float16Array -Infinity
1e-8: apache-arrow -Infinity, Float16Array 0
1e+30: apache-arrow Infinity, Float16Array Infinity
TEXT

cat >run.mjs <<'JS'
import { Float16, vectorFromArray } from "apache-arrow";

for (const value of [1.5, 65504, 65520, 70000, 131072, -100000, 1e-8, 1e30]) {
  const [one] = vectorFromArray([value], new Float16());
  const [other] = Float16Array.of(value);
  console.log(`${value}: apache-arrow ${one}, Float16Array ${other}`);
}
JS

node_modules/.bin/node run.mjs | tee seen
diff expected seen || exit 1
