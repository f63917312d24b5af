#!/usr/bin/env bash
# In cron-parser 5.10.6 a job at noon of Lord Howe has no run after the change of the clock in April, and a job at midnight of Cairo, Havana or Santiago none before the change in spring: "loop limit exceeded", or a shorter list.
#
# cron-parser 5.10.6, beside croner 11.0.1. A clock that changes at two or three in the night by an hour is handled. One that goes back by half an hour (Lord Howe) ends next(), one that skips midnight ends prev(), for schedules that are far
# from the hour in question. take() tells no error: it returns fewer runs, and hasNext() is false. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund cron-parser@5.10.6 croner@11.0.1

cat >expected <<'TEXT'
runs after, at noon in Berlin over 2026-10-25: cron-parser next() 3, take(3) 3, croner 3
runs after, at noon in Lord Howe over 2026-04-05: cron-parser next() "Invalid expression, loop limit exceeded" after 1, take(3) 1, croner 3
runs after, each hour in Lord Howe over 2026-04-05: cron-parser next() "Invalid expression, loop limit exceeded" after 2, take(3) 2, croner 3
runs before, at midnight in Berlin over 2026-03-29: cron-parser prev() 3, take(-3) 3, croner 3
runs before, at midnight in Cairo over 2026-04-24: cron-parser prev() "Invalid expression, loop limit exceeded" after 1, take(-3) 1, croner 3
runs before, at midnight in Havana over 2026-03-08: cron-parser prev() "Invalid expression, loop limit exceeded" after 1, take(-3) 1, croner 3
runs before, at midnight in Santiago over 2026-09-06: cron-parser prev() "Invalid expression, loop limit exceeded" after 2, take(-3) 2, croner 3
runs before, each hour in Lord Howe over 2026-10-04: cron-parser prev() "Invalid expression, loop limit exceeded" after 1, take(-3) 1, croner 3
TEXT

cat >run.mjs <<'JS'
import { Cron } from "croner";
import { CronExpressionParser } from "cron-parser";

const show = (title, pattern, tz, from, method) => {
  const parse = () => CronExpressionParser.parse(pattern, { tz, currentDate: from });
  const runs = parse();
  let told = 0;
  try {
    while (told < 3) {
      runs[method]();
      told++;
    }
  } catch (error) {
    told = `"${error.message}" after ${told}`;
  }
  const limit = method === "next" ? 3 : -3;
  const cron = new Cron(pattern, { timezone: tz });
  const beside = method === "next" ? cron.nextRuns(3, new Date(from)) : cron.previousRuns(3, new Date(from));
  console.log(`runs ${method === "next" ? "after" : "before"}, ${title}: cron-parser ${method}() ${told}, take(${limit}) ${parse().take(limit).length}, croner ${beside.length}`);
};
show("at noon in Berlin over 2026-10-25", "0 12 * * *", "Europe/Berlin", "2026-10-23T12:00:00Z", "next");
show("at noon in Lord Howe over 2026-04-05", "0 12 * * *", "Australia/Lord_Howe", "2026-04-03T12:30:00Z", "next");
show("each hour in Lord Howe over 2026-04-05", "0 * * * *", "Australia/Lord_Howe", "2026-04-04T12:30:00Z", "next");
show("at midnight in Berlin over 2026-03-29", "0 0 * * *", "Europe/Berlin", "2026-03-30T12:00:00Z", "prev");
show("at midnight in Cairo over 2026-04-24", "0 0 * * *", "Africa/Cairo", "2026-04-25T12:00:00Z", "prev");
show("at midnight in Havana over 2026-03-08", "0 0 * * *", "America/Havana", "2026-03-09T12:00:00Z", "prev");
show("at midnight in Santiago over 2026-09-06", "0 0 * * *", "America/Santiago", "2026-09-08T12:00:00Z", "prev");
show("each hour in Lord Howe over 2026-10-04", "0 * * * *", "Australia/Lord_Howe", "2026-10-03T16:30:00Z", "prev");
JS

node run.mjs | tee seen
diff expected seen || exit 1
