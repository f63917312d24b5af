#!/usr/bin/env bash
# In code of esbuild 0.28.2 for es2022, a decorated `accessor` shows up in `for … in`, a class expression with a decorator in it is called `_a`, and a static `accessor`, decorated or not, throws when it is read through a subclass.
#
# Beside typescript 6.0.3, whose code does none of this. tsx and other runners of TypeScript use esbuild. One expects a decorator that returns nothing to change nothing:
# the name of a class is what logs and registries by `constructor.name` show. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund esbuild@0.28.2 typescript@6.0.3

cat >expected <<'TEXT'
typescript: undecorated: for in [], User.count 1, names Named and Kept
typescript: decorated: for in [], User.count 1, names Named and Kept
esbuild: undecorated: for in [], User.count TypeError: Cannot read private member #count from an object whose class did not declare it, names Named and Kept
esbuild: decorated: for in ["id"], User.count TypeError: Cannot read from private field, names _a and _b
TEXT

cat >classes.ts <<'TS'
const seen = (value: unknown, context: DecoratorContext): void => {};

class Entity {
  @seen accessor id = 1;
  @seen static accessor count = 1;
}
class User extends Entity {}
const Named = class {
  @seen close(): void {}
};
const classes = {
  Kept: class {
    @seen close(): void {}
  },
};

function read(): unknown {
  try {
    return User.count;
  } catch (error) {
    return error;
  }
}
const keys: string[] = [];
for (const key in new Entity()) keys.push(key);
export const told = `for in ${JSON.stringify(keys)}, User.count ${read()}, names ${Named.name} and ${classes.Kept.name}`;
TS
cat >run.mjs <<'JS'
import { readFileSync, writeFileSync } from "node:fs";
import * as esbuild from "esbuild";
import typescript from "typescript";

const tools = {
  typescript: (text) => typescript.transpileModule(text, { compilerOptions: { target: "es2022", module: "esnext" } }).outputText,
  esbuild: (text) => esbuild.transformSync(text, { loader: "ts", target: "es2022" }).code,
};
const decorated = readFileSync("classes.ts", "utf8");
for (const [name, compile] of Object.entries(tools)) {
  for (const [what, text] of Object.entries({ undecorated: decorated.replaceAll("@seen ", ""), decorated })) {
    writeFileSync(`${name}-${what}.mjs`, compile(text));
    console.log(`${name}: ${what}: ${(await import(`./${name}-${what}.mjs`)).told}`);
  }
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
