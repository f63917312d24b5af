#!/usr/bin/env bash
# With Prometheus or OTLP, the counters of OpenTelemetry 3.1.1 report one series several times with different values, when an attribute is undefined here and "" there, a number here and its text there, or has a dot for an underscore.
#
# @opentelemetry/sdk-metrics 3.1.1, exporter-prometheus and otlp-transformer 0.301.0. The SDK tells series apart by the JSON-like text of their attributes, before
# an exporter makes names and texts of them. An optional attribute left `undefined` is expected to be as good as absent; it is a third series, with an empty value.
# Prometheus keeps one sample of a name and labels per scrape, so that jobs are missing from the sum. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @opentelemetry/api@1.10.0 @opentelemetry/sdk-metrics@3.1.1 @opentelemetry/exporter-prometheus@0.301.0 @opentelemetry/otlp-transformer@0.301.0

cat >expected <<'TEXT'
jobs_total{queue="mail",tenant=""} 2
jobs_total{queue="mail",tenant=""} 1
jobs_total{queue="mail"} 1
jobs_total{queue="mail",shard="1"} 1
jobs_total{queue="mail",shard="1"} 1
jobs_total{queue="mail",job_kind="a"} 1
jobs_total{queue="mail",job_kind="a"} 1
OTLP: {"queue":{"stringValue":"mail"},"tenant":{}} 2
OTLP: {"queue":{"stringValue":"mail"},"tenant":{"stringValue":""}} 1
TEXT

cat >run.mjs <<'JS'
import { PrometheusExporter, PrometheusSerializer } from "@opentelemetry/exporter-prometheus";
import { JsonMetricsSerializer } from "@opentelemetry/otlp-transformer";
import { MeterProvider } from "@opentelemetry/sdk-metrics";

const exporter = new PrometheusExporter({ preventServerStart: true });
const meter = new MeterProvider({ readers: [exporter] }).getMeter("work");
const jobs = meter.createCounter("jobs");
const queue = "mail";
jobs.add(1, { queue, tenant: undefined });
jobs.add(1, { queue, tenant: null });
jobs.add(1, { queue, tenant: "" });
jobs.add(1, { queue });
jobs.add(1, { queue, shard: 1 });
jobs.add(1, { queue, shard: "1" });
jobs.add(1, { queue, "job.kind": "a" });
jobs.add(1, { queue, job_kind: "a" });

const { resourceMetrics } = await exporter.collect();
const lines = new PrometheusSerializer().serialize(resourceMetrics).split("\n");
for (const line of lines) if (line.startsWith("jobs_total{")) console.log(line.replace(',otel_scope_name="work"', ""));

const sent = JSON.parse(new TextDecoder().decode(JsonMetricsSerializer.serializeRequest(resourceMetrics)));
for (const { attributes, asDouble } of sent.resourceMetrics[0].scopeMetrics[0].metrics[0].sum.dataPoints) {
  const named = Object.fromEntries(attributes.map(({ key, value }) => [key, value]));
  if ("tenant" in named) console.log(`OTLP: ${JSON.stringify(named)} ${asDouble}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
