#!/usr/bin/env bash
# In Node 24.21.0, `for (using file = open(); …; …)` disposes of its resource after every turn, and once more, when a function in the body uses it; without such a function once, at the end.
#
# Beside typescript 6.0.3, whose code for es2022 disposes once, as the proposal says: only `let` has a new binding for each turn. One expects a callback in the body to change nothing;
# here it reads from a file that is closed after the first turn. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0 typescript@6.0.3

cat >expected <<'TEXT'
node: without a function: turn 0, turn 1, closed
node: with a function: turn 0, closed, turn 1, closed, closed, closed
typescript: without a function: turn 0, turn 1, closed
typescript: with a function: turn 0, turn 1, closed
TEXT

cat >loops.ts <<'TS'
const open = (log: string[]) => ({ [Symbol.dispose]: () => void log.push("closed") });

export function without(): string[] {
  const log: string[] = [];
  let turn = 0;
  for (using file = open(log); turn < 2; turn++) log.push(`turn ${turn}`);
  return log;
}

export function within(): string[] {
  const log: string[] = [];
  let turn = 0;
  for (using file = open(log); turn < 2; turn++) {
    log.push(`turn ${turn}`);
    (() => file)();
  }
  return log;
}
TS
cat >run.mjs <<'JS'
import { readFileSync, writeFileSync } from "node:fs";
import typescript from "typescript";

for (const [name, target] of Object.entries({ node: "esnext", typescript: "es2022" })) {
  const { outputText } = typescript.transpileModule(readFileSync("loops.ts", "utf8"), { compilerOptions: { target, module: "esnext" } });
  writeFileSync(`${name}.js`, outputText);
  const { without, within } = await import(`./${name}.js`);
  console.log(`${name}: without a function: ${without().join(", ")}`);
  console.log(`${name}: with a function: ${within().join(", ")}`);
}
JS

node_modules/.bin/node run.mjs | tee seen
diff expected seen || exit 1
