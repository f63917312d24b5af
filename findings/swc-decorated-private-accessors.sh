#!/usr/bin/env bash
# With `decoratorVersion: "2023-11"`, code of @swc/core 1.16.22 throws "desc is not defined" when a decorated private accessor, `@seen accessor #balance`, is read or written; the older "2022-03" runs.
#
# Beside typescript 6.0.3 and esbuild 0.28.2, which run it as well. A decorated accessor that is not private is well in all of them. One expects the newer version of the proposal to be the one that works. The
# transform says nothing, and a class is made without an error. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund @swc/core@1.16.22 esbuild@0.28.2 typescript@6.0.3

cat >expected <<'TEXT'
typescript: open true, balance 1, paid 6
esbuild: open true, balance 1, paid 6
swc 2022-03: open true, balance 1, paid 6
swc 2023-11: open true, balance ReferenceError: desc is not defined, paid ReferenceError: desc is not defined
TEXT

cat >account.ts <<'TS'
const seen = (value: unknown, context: DecoratorContext): void => {};

class Account {
  @seen accessor open = true;
  @seen accessor #balance = 1;
  balance(): number {
    return this.#balance;
  }
  pay(): number {
    this.#balance = 6;
    return this.#balance;
  }
}
const account = new Account();
const tried = (read: () => unknown): string => {
  try {
    return `${read()}`;
  } catch (error) {
    return `${error}`;
  }
};
export const told = `open ${account.open}, balance ${tried(() => account.balance())}, paid ${tried(() => account.pay())}`;
TS
cat >run.mjs <<'JS'
import { readFileSync, writeFileSync } from "node:fs";
import swc from "@swc/core";
import * as esbuild from "esbuild";
import typescript from "typescript";

const text = readFileSync("account.ts", "utf8");
const bySwc = (decoratorVersion) => {
  const jsc = { parser: { syntax: "typescript", decorators: true }, target: "es2022", transform: { decoratorVersion } };
  return swc.transformSync(text, { jsc }).code;
};
const made = {
  typescript: typescript.transpileModule(text, { compilerOptions: { target: "es2022", module: "esnext" } }).outputText,
  esbuild: esbuild.transformSync(text, { loader: "ts", target: "es2022" }).code,
  "swc 2022-03": bySwc("2022-03"),
  "swc 2023-11": bySwc("2023-11"),
};
for (const [at, [name, code]] of Object.entries(made).entries()) {
  writeFileSync(`${at}.mjs`, code);
  console.log(`${name}: ${(await import(`./${at}.mjs`)).told}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
