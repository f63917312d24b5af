#!/usr/bin/env bash
# In rrule 2.8.1 `RRule.fromText("every day at 5pm")` is five in the morning, 12am is noon, and 9:30 is nine.
#
# rrule 2.8.1. What the grammar does not know is refused with an error ("at noon" is), and one expects that of what follows an hour or its meaning. It is read and dropped, the minutes too,
# and a second hour behind an am or pm as well. toText() of the rule says "every day at 5", so a form that shows what was understood shows nothing wrong. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund rrule@2.8.1

cat >expected <<'TEXT'
every day at 17: FREQ=DAILY;BYHOUR=17
every day at 5pm: FREQ=DAILY;BYHOUR=5
every day at 10am and 5pm: FREQ=DAILY;BYHOUR=10
every day at 12am: FREQ=DAILY;BYHOUR=12
every day at 9:30: FREQ=DAILY;BYHOUR=9
every day at noon: Unexpected symbol null, expected hour
TEXT

cat >run.mjs <<'JS'
import rrule from "rrule";

const texts = ["at 17", "at 5pm", "at 10am and 5pm", "at 12am", "at 9:30", "at noon"];
for (const text of texts.map((rest) => `every day ${rest}`)) {
  let told;
  try {
    told = rrule.RRule.fromText(text).toString().replace("RRULE:", "");
  } catch (error) {
    told = error.message;
  }
  console.log(`${text}: ${told}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
