#!/usr/bin/env bash
# @vinejs/vine 4.4.0: a distinct list of numbers from `["1", 1]` is `[1, 1]`, a price with `decimal(2)` may be "19.99" and not "19.90", and an optional number of an empty field of a form is 0.
#
# @vinejs/vine 4.4.0, schemas made to check what forms send. `distinct` looks at the list before its elements are converted, `decimal` counts digits after
# the text has become a number, and Number("") is 0, as Number(true) is 1. A literal 5 takes "5" and an enum of numbers does not. In place of the date
# that it refuses by default, the format `iso8601` gives the next month. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund --ignore-scripts @vinejs/vine@4.4.0

cat >expected <<'TEXT'
distinct numbers: ["1",1] is [1,1], [1,1] is refused
distinct by a key: [{"n":"1"},{"n":1}] is refused
decimal(2): "19.99" is 19.99, "19.90" is refused, "5.00" is refused
decimal([0, 2]): "19.90" is 19.9, "5.00" is 5
an optional number: "" is 0, "  " is 0, true is 1, null is undefined
a literal 5: "5" is 5
an enum of 5 and 6: "5" is refused
a date: "2024-02-30" is refused
a date of iso8601: "2024-02-30" is "2024-03-01T00:00:00.000Z"
TEXT

cat >run.mjs <<'JS'
import vine from "@vinejs/vine";

async function checked(title, value, ...inputs) {
  const seen = [];
  for (const input of inputs) {
    const output = await vine.validate({ schema: vine.object({ value }), data: { value: input } }).then(
      ({ value }) => JSON.stringify(value),
      () => "refused",
    );
    seen.push(`${JSON.stringify(input)} is ${output}`);
  }
  console.log(`${title}: ${seen.join(", ")}`);
}

await checked("distinct numbers", vine.array(vine.number()).distinct(), ["1", 1], [1, 1]);
await checked("distinct by a key", vine.array(vine.object({ n: vine.number() })).distinct("n"), [{ n: "1" }, { n: 1 }]);
await checked("decimal(2)", vine.number().decimal(2), "19.99", "19.90", "5.00");
await checked("decimal([0, 2])", vine.number().decimal([0, 2]), "19.90", "5.00");
await checked("an optional number", vine.number().optional(), "", "  ", true, null);
await checked("a literal 5", vine.literal(5), "5");
await checked("an enum of 5 and 6", vine.enum([5, 6]), "5");
process.env.TZ = "UTC";
await checked("a date", vine.date(), "2024-02-30");
await checked("a date of iso8601", vine.date({ formats: ["iso8601"] }), "2024-02-30");
JS

node run.mjs | tee seen
diff expected seen || exit 1
