#!/usr/bin/env bash
# @js-temporal/polyfill 0.5.1 answers where V8 of Node 26.10.0 answers otherwise or refuses: year 0 is of the era gregory-inverse and not bce, gregory has weeks, and February and a day is February.
#
# @js-temporal/polyfill 0.5.1 beside the Temporal of Node 26.10.0 (npm's `node`). None of it is about time zones or rounding, where the two agree. Who keeps eras and weeks in a database
# has other keys after the change to the built-in one. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@26.10.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node
npm i --silent --no-audit --no-fund @js-temporal/polyfill@0.5.1

cat >expected <<'TEXT'
era of the year 0, gregory: V8 1 bce, polyfill 1 gregory-inverse
era of 1900, roc: V8 12 broc, polyfill 12 roc-inverse
era of 1868-01-01, japanese: V8 1868 ce, polyfill 1868 japanese
week of 2024-12-31, iso8601: V8 1, polyfill 1
week of 2024-12-31, gregory: V8 undefined, polyfill 1
2024-02 and a day: V8 RangeError, polyfill 2024-02
2024-02 and 40 days: V8 RangeError, polyfill 2024-03
2023-04-01, chinese: V8 M02L, polyfill RangeError
name of the calendar islamic: V8 islamic-civil, polyfill islamic
TEXT

cat >run.mjs <<'JS'
import { Temporal as polyfill } from "@js-temporal/polyfill";

const date = (T, text) => T.PlainDate.from(text);
const questions = {
  "era of the year 0, gregory": (T) => `${date(T, "0000-01-01[u-ca=gregory]").eraYear} ${date(T, "0000-01-01[u-ca=gregory]").era}`,
  "era of 1900, roc": (T) => `${date(T, "1900-01-01[u-ca=roc]").eraYear} ${date(T, "1900-01-01[u-ca=roc]").era}`,
  "era of 1868-01-01, japanese": (T) => `${date(T, "1868-01-01[u-ca=japanese]").eraYear} ${date(T, "1868-01-01[u-ca=japanese]").era}`,
  "week of 2024-12-31, iso8601": (T) => date(T, "2024-12-31").weekOfYear,
  "week of 2024-12-31, gregory": (T) => date(T, "2024-12-31[u-ca=gregory]").weekOfYear,
  "2024-02 and a day": (T) => T.PlainYearMonth.from("2024-02").add({ days: 1 }),
  "2024-02 and 40 days": (T) => T.PlainYearMonth.from("2024-02").add({ days: 40 }),
  "2023-04-01, chinese": (T) => date(T, "2023-04-01[u-ca=chinese]").monthCode,
  "name of the calendar islamic": (T) => date(T, "2024-03-15[u-ca=islamic]").calendarId,
};
const answer = (ask, T) => {
  try {
    return String(ask(T));
  } catch (error) {
    return error.name;
  }
};
for (const [title, ask] of Object.entries(questions)) console.log(`${title}: V8 ${answer(ask, Temporal)}, polyfill ${answer(ask, polyfill)}`);
JS

node_modules/.bin/node run.mjs | tee seen
diff expected seen || exit 1
