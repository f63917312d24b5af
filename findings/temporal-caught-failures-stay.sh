#!/usr/bin/env bash
# In Temporal 1.24.0 a failure that is caught, changed and thrown again is written as it was read: neither a new message nor a cause that was added, nor `nonRetryable`, arrives.
#
# @temporalio/common 1.24.0. To put the order before the message of an error and throw it on is ordinary, and with an Error or an ApplicationFailure of one's own the converter writes what the error has by then. One that came from an activity or a child
# keeps the failure it was read from, and that is written. nextRetryDelay is not read into the error, and is therefore in what is written. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @temporalio/common@1.24.0

cat >expected <<'TEXT'
of one's own, as it is: nextRetryDelay 1 minute
of one's own, changed and written: "order 7: not found", cause "the reason", nonRetryable true
that was read, as it is: nextRetryDelay undefined
that was read, changed and written: "not found", cause none, nonRetryable false
TEXT

cat >run.mjs <<'JS'
import { ApplicationFailure, DefaultFailureConverter, defaultPayloadConverter } from "@temporalio/common";

const converter = new DefaultFailureConverter();
const write = (error) => converter.errorToFailure(error, defaultPayloadConverter);
const read = (failure) => converter.failureToError(failure, defaultPayloadConverter);
const make = () => ApplicationFailure.create({ message: "not found", type: "Lookup", nextRetryDelay: "1 minute" });

for (const [title, failure] of Object.entries({ "of one's own": make(), "that was read": read(write(make())) })) {
  console.log(`${title}, as it is: nextRetryDelay ${failure.nextRetryDelay}`);
  failure.message = `order 7: ${failure.message}`;
  failure.cause = new Error("the reason");
  failure.nonRetryable = true;
  const { message, cause, applicationFailureInfo } = write(failure);
  console.log(`${title}, changed and written: "${message}", cause ${cause ? `"${cause.message}"` : "none"}, nonRetryable ${applicationFailureInfo.nonRetryable}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
