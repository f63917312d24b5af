#!/usr/bin/env bash
# Type.forValue of avsc 5.7.9 takes float, with 24 bits, as the type of every whole number beyond 32 bits and of every fraction: 1700000000123 comes back as 1700000038912.
#
# avsc 5.7.9. `long` would hold the one and `double` the other, and isValid of the inferred type says true to what it changes. Only from 2^53 - 1 on is it `double`, so the
# largest whole number comes back right and a time stamp 38 seconds late. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund avsc@5.7.9

cat >expected <<'TEXT'
a 32-bit number: int, 2147483647 valid true, back 2147483647
one more: float, 2147483648 valid true, back 2147483648
two more: float, 2147483649 valid true, back 2147483648
a time: float, 1700000000123 valid true, back 1700000038912
the largest whole number: double, 9007199254740991 valid true, back 9007199254740991
a price: float, 19.99 valid true, back 19.989999771118164
a row: id float, at float, price float, {"id":4294967295,"at":1700000000123,"price":19.99} valid true, back {"id":4294967296,"at":1700000038912,"price":19.989999771118164}
TEXT

cat >run.mjs <<'JS'
import avro from "avsc";

const values = {
  "a 32-bit number": 2147483647,
  "one more": 2147483648,
  "two more": 2147483649,
  "a time": 1700000000123,
  "the largest whole number": Number.MAX_SAFE_INTEGER,
  "a price": 19.99,
  "a row": { id: 4294967295, at: 1700000000123, price: 19.99 },
};
for (const [title, value] of Object.entries(values)) {
  const type = avro.Type.forValue(value);
  const back = type.fromBuffer(type.toBuffer(value));
  const named = type.fields?.map(({ name, type: { typeName } }) => `${name} ${typeName}`).join(", ") ?? type.typeName;
  console.log(`${title}: ${named}, ${JSON.stringify(value)} valid ${type.isValid(value)}, back ${JSON.stringify(back)}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
