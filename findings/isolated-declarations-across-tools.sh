#!/usr/bin/env bash
# With isolatedDeclarations `export const on = true` is declared as boolean by oxc-transform 0.158.0, and by @swc/core 1.16.22 an accessor with a value as any and a defaulted parameter property without its undefined; TypeScript 6.0.3 and 7.0.2 agree.
#
# The option is there so that any tool can write the declarations of a file without its types, and all write the same. A package that is built by one of them offers other types than its tests
# have seen: `Config & { on: typeof on }` takes false, nothing is known of `counter.count`, and `new Server(undefined, "a")`, which the source allows, is refused. None of them reports
# anything. A const "text" or 1 is kept by all, and so is true as a readonly property. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund typescript@7.0.2 typescript-6@npm:typescript@6.0.3 oxc-transform@0.158.0 @swc/core@1.16.22

cat >expected <<'TEXT'
TypeScript 6.0.3
  export declare const on = true
  export declare const text = "a"
  readonly on = true
  accessor count: number
  constructor(port: number | undefined, host: string)
TypeScript 7.0.2
  export declare const on = true
  export declare const text = "a"
  readonly on = true
  accessor count: number
  constructor(port: number | undefined, host: string)
oxc
  export declare const on: boolean
  export declare const text = "a"
  readonly on = true
  accessor count: number
  constructor(port: number | undefined, host: string)
swc
  export declare const on = true
  export declare const text = "a"
  readonly on = true
  accessor count
  constructor(port: number, host: string)
TEXT

cat >made.ts <<'TS'
export const on = true;
export const text = "a";
export class Settings {
  readonly on = true;
}
export class Counter {
  accessor count = 1;
}
export class Server {
  constructor(
    readonly port: number = 80,
    host: string,
  ) {}
}
TS

cat >run.mjs <<'JS'
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import swc from "@swc/core";
import { isolatedDeclarationSync } from "oxc-transform";

const source = readFileSync("made.ts", "utf8");
const compiled = (name) => {
  const options = ["--ignoreConfig", "--strict", "--target", "esnext", "--isolatedDeclarations", "--declaration", "--emitDeclarationOnly"];
  execFileSync(process.execPath, [`node_modules/${name}/bin/tsc`, ...options, "--outDir", name, "made.ts"], { stdio: "inherit" });
  return readFileSync(`${name}/made.d.ts`, "utf8");
};
const ways = {
  "TypeScript 6.0.3": () => compiled("typescript-6"),
  "TypeScript 7.0.2": () => compiled("typescript"),
  oxc() {
    const { code, errors } = isolatedDeclarationSync("made.ts", source);
    if (errors.length > 0) throw new Error(errors[0].message);
    return code;
  },
  swc() {
    const jsc = { parser: { syntax: "typescript" }, target: "esnext", experimental: { emitIsolatedDts: true } };
    return JSON.parse(swc.transformSync(source, { filename: "made.ts", jsc }).output).__swc_isolated_declarations__;
  },
};
for (const [name, declare] of Object.entries(ways)) {
  console.log(name);
  for (const [said] of declare().replace(/\s+/g, " ").matchAll(/export declare const [^;]+|readonly on[^;]+|accessor [^;]+|constructor\([^;]+/g)) console.log(`  ${said}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
