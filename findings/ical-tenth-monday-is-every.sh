#!/usr/bin/env bash
# In ical.js 2.2.1 "the 20th Monday of the year" of RFC 5545 is every Monday from May 19 on, and so is "the Monday of week 20", a set of "the last of Tuesday and Thursday" has both, and daily in March begins with an event in January.
#
# ical.js 2.2.1, rules as calendars send them, three of them examples of RFC 5545 with the dates that stand there. The second and the sixth Monday of a year are right, from the tenth on the number is not looked at. The parts BYWEEKNO of a year and BYSETPOS of a week
# are parsed, checked and not used. No error is thrown. rrule 2.8.1 has the dates of the RFC for all of them. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund ical.js@2.2.1 rrule@2.8.1

cat >expected <<'TEXT'
1997-05-19 FREQ=YEARLY;BYDAY=20MO
  ical.js 1997-05-19 1997-05-26 1997-06-02 1997-06-09
  rrule   1997-05-19 1998-05-18 1999-05-17 2000-05-15
2024-03-04 FREQ=YEARLY;BYDAY=10MO
  ical.js 2024-03-04 2024-03-11 2024-03-18 2024-03-25
  rrule   2024-03-04 2025-03-10 2026-03-09 2027-03-08
2024-02-05 FREQ=YEARLY;BYDAY=6MO
  ical.js 2024-02-05 2025-02-10 2026-02-09 2027-02-08
  rrule   2024-02-05 2025-02-10 2026-02-09 2027-02-08
1997-05-12 FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO
  ical.js 1997-05-19 1997-05-26 1997-06-02 1997-06-09
  rrule   1997-05-12 1998-05-11 1999-05-17 2000-05-15
2024-01-04 FREQ=WEEKLY;BYDAY=TU,TH;BYSETPOS=-1
  ical.js 2024-01-04 2024-01-09 2024-01-11 2024-01-16
  rrule   2024-01-04 2024-01-11 2024-01-18 2024-01-25
2024-01-01 FREQ=DAILY;BYMONTH=3
  ical.js 2024-01-01 2024-03-01 2024-03-02 2024-03-03
  rrule   2024-03-01 2024-03-02 2024-03-03 2024-03-04
TEXT

cat >run.mjs <<'JS'
import ICAL from "ical.js";
import rrule from "rrule";

function show(day, rule) {
  const seen = [];
  const iterator = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromString(`${day}T09:00:00`));
  while (seen.length < 4) seen.push(iterator.next().toString().slice(0, 10));
  const expected = rrule.rrulestr(`DTSTART:${day.replaceAll("-", "")}T090000Z\nRRULE:${rule}`).all((_, index) => index < 4);
  console.log(`${day} ${rule}\n  ical.js ${seen.join(" ")}`);
  console.log(`  rrule   ${expected.map((date) => date.toISOString().slice(0, 10)).join(" ")}`);
}

show("1997-05-19", "FREQ=YEARLY;BYDAY=20MO");
show("2024-03-04", "FREQ=YEARLY;BYDAY=10MO");
show("2024-02-05", "FREQ=YEARLY;BYDAY=6MO");
show("1997-05-12", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO");
show("2024-01-04", "FREQ=WEEKLY;BYDAY=TU,TH;BYSETPOS=-1");
show("2024-01-01", "FREQ=DAILY;BYMONTH=3");
JS

node run.mjs | tee seen
diff expected seen || exit 1
