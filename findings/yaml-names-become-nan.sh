#!/usr/bin/env bash
# In yaml 2.9.1 a document of YAML 1.1 in which `e1: lift` and `e2: stairs` stand has one key `NaN`, which is the stairs, and in a list the texts `e1`, `E12` and `.` are NaN.
#
# yaml 2.9.1 with the option `version: "1.1"`, with the schema `yaml-1.1` or with `%YAML 1.1` in the document. The pattern for its floats needs no digit before the `e`, and the text that matches it is given to parseFloat, so floors, buses
# and commits of few characters are no number, and two such keys are one, without an error for a key that is there twice. js-yaml with its schema of 1.1 reads the texts, YAML 1.2 of the same package too. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund yaml@2.9.1 js-yaml@4.1.0

cat >expected <<'TEXT'
yaml, version 1.2: { e1: 'lift', e2: 'stairs', list: [ 'e1', 'E12', '.e3', '.' ] }
yaml, version 1.1: { NaN: 'stairs', list: [ NaN, NaN, NaN, NaN ] }
yaml, schema yaml-1.1: { NaN: 'stairs', list: [ NaN, NaN, NaN, NaN ] }
yaml, %YAML 1.1: { NaN: 'stairs', list: [ NaN, NaN, NaN, NaN ] }
js-yaml 4, a reader of 1.1: { e1: 'lift', e2: 'stairs', list: [ 'e1', 'E12', '.e3', '.' ] }
TEXT

cat >run.mjs <<'JS'
import yaml from "js-yaml";
import { parse } from "yaml";

const text = "e1: lift\ne2: stairs\nlist: [e1, E12, .e3, .]\n";
console.log("yaml, version 1.2:", parse(text));
console.log("yaml, version 1.1:", parse(text, { version: "1.1" }));
console.log("yaml, schema yaml-1.1:", parse(text, { schema: "yaml-1.1" }));
console.log("yaml, %YAML 1.1:", parse(`%YAML 1.1\n---\n${text}`));
console.log("js-yaml 4, a reader of 1.1:", yaml.load(text));
JS

node run.mjs | tee seen
diff expected seen || exit 1
