#!/usr/bin/env bash
# In croner 11.0.1 `match()` is not true of what `nextRun()` gives: a job at 2:30 matches at no time of the day that has no 2:30, at two times of the day that has two, and with a dayOffset on the day before it is moved.
#
# croner 11.0.1. A service that asks each minute whether a job is due is expected to run it when nextRun() says. On a day whose clock is put forward nextRun() gives the end of the gap, and match() is true of nothing;
# when it is put back nextRun() gives the first of both, and match() is true of both. match() knows dayOffset as little as startAt and stopAt. Every minute of each day is asked below, in Europe/Berlin; the output seen is the expectation.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund croner@11.0.1

cat >expected <<'TEXT'
2026-03-28, 30 2 * * *: nextRuns 01:30Z, match 01:30Z
2026-03-29, 30 2 * * *: nextRuns 01:00Z, match none
2026-10-25, 30 2 * * *: nextRuns 00:30Z, match 00:30Z 01:30Z
2026-01-31, 0 12 1 * * with dayOffset -1: nextRuns 11:00Z, match none
2026-02-01, 0 12 1 * * with dayOffset -1: nextRuns none, match 11:00Z
2026-01-01, 0 12 * * * with startAt in 2027: nextRuns none, match 11:00Z
TEXT

cat >run.mjs <<'JS'
import { Cron } from "croner";

const minute = 60_000;
const show = (day, pattern, title = "", options = {}) => {
  const job = new Cron(pattern, { timezone: "Europe/Berlin", ...options });
  const start = new Date(`${day}T00:00:00Z`).getTime();
  const minutes = Array.from({ length: 1440 }, (_, index) => new Date(start + index * minute));
  const runs = job.nextRuns(3, new Date(start - minute)).filter((run) => run.toISOString().startsWith(day));
  const told = (times) => times.map((time) => `${time.toISOString().slice(11, 16)}Z`).join(" ") || "none";
  console.log(`${day}, ${pattern}${title}: nextRuns ${told(runs)}, match ${told(minutes.filter((time) => job.match(time)))}`);
};
show("2026-03-28", "30 2 * * *");
show("2026-03-29", "30 2 * * *");
show("2026-10-25", "30 2 * * *");
show("2026-01-31", "0 12 1 * *", " with dayOffset -1", { dayOffset: -1 });
show("2026-02-01", "0 12 1 * *", " with dayOffset -1", { dayOffset: -1 });
show("2026-01-01", "0 12 * * *", " with startAt in 2027", { startAt: "2027-01-01T00:00:00" });
JS

node run.mjs | tee seen
diff expected seen || exit 1
