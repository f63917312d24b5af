#!/usr/bin/env bash
# A counter of OpenTelemetry 3.1.1 refuses a negative number and takes NaN, after which its sum is NaN for good, while a histogram drops both.
#
# @opentelemetry/sdk-metrics 3.1.1. One expects the instruments to agree on what is no measurement. One `undefined - start`, once in the life of a process, and
# the series is lost to every exporter until a restart, in OTLP as `null`: the counter adds up. A text and a bigint are refused. With `valueType: ValueType.INT` NaN
# is refused, too, but each 0.9 that is added counts as 0. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @opentelemetry/api@1.10.0 @opentelemetry/sdk-metrics@3.1.1 @opentelemetry/otlp-transformer@0.301.0

cat >expected <<'TEXT'
counter: 1, -1, 2 gives 3
counter: 1, NaN, 2 gives NaN, null in OTLP
counter: 1, "5", 10n, 2 gives 3
counter of integers: 1, NaN, 2 gives 3
counter of integers: 0.9, 0.9, 0.9 gives 0
histogram: 1, -1, NaN, 2 gives 3
TEXT

cat >run.mjs <<'JS'
import { ValueType } from "@opentelemetry/api";
import { JsonMetricsSerializer } from "@opentelemetry/otlp-transformer";
import { MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";

class Reader extends MetricReader {
  onForceFlush() {}
  onShutdown() {}
}
const reader = new Reader();
const meter = new MeterProvider({ readers: [reader] }).getMeter("work");
const integers = { valueType: ValueType.INT };
const text = (value) => (typeof value === "string" ? `"${value}"` : typeof value === "bigint" ? `${value}n` : String(value));
let made = 0;
for (const [name, kind, options, values] of [
  ["counter", "createCounter", {}, [1, -1, 2]],
  ["counter", "createCounter", {}, [1, NaN, 2]],
  ["counter", "createCounter", {}, [1, "5", 10n, 2]],
  ["counter of integers", "createCounter", integers, [1, NaN, 2]],
  ["counter of integers", "createCounter", integers, [0.9, 0.9, 0.9]],
  ["histogram", "createHistogram", {}, [1, -1, NaN, 2]],
]) {
  const id = `instrument${made++}`;
  const instrument = meter[kind](id, options);
  for (const value of values) instrument.add ? instrument.add(value) : instrument.record(value);
  const { resourceMetrics } = await reader.collect();
  const of = ({ descriptor, name: own }) => (descriptor?.name ?? own) === id;
  const { value } = resourceMetrics.scopeMetrics[0].metrics.find(of).dataPoints[0];
  const sum = value.sum ?? value;
  const sent = JSON.parse(new TextDecoder().decode(JsonMetricsSerializer.serializeRequest(resourceMetrics)));
  const point = sent.resourceMetrics[0].scopeMetrics[0].metrics.find(of);
  const otlp = Number.isNaN(sum) ? `, ${point.sum.dataPoints[0].asDouble} in OTLP` : "";
  console.log(`${name}: ${values.map(text).join(", ")} gives ${sum}${otlp}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
