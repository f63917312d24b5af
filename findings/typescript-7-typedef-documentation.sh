#!/usr/bin/env bash
# TypeScript 7.0.2 writes declarations of a .js file without the descriptions of its @typedef and @callback types, of their nested properties, and of all @overload signatures of a function; 6.0.3 keeps them.
#
# typescript 7.0.2 and 6.0.3, the same file. A package written in JavaScript with JSDoc keeps its types through the upgrade and loses what its editors and pages say of them; properties keep theirs.
# The methods of a class fare otherwise: each overload has the comments of all of them. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund typescript@7.0.2 typescript-6@npm:typescript@6.0.3

cat >expected <<'TEXT'
6.0.3 Listener: Is told of each step.
6.0.3 Point: A point on a map.
6.0.3 Reader: nothing
6.0.3 Speed: how fast to go
6.0.3 go: Goes on.
6.0.3 one: Reads a line.
6.0.3 one: Reads a number.
6.0.3 read: Reads a text.
6.0.3 read: Reads a point.
6.0.3 x: the way east
7.0.2 Listener: nothing
7.0.2 Point: nothing
7.0.2 Reader: nothing
7.0.2 Speed: nothing
7.0.2 go: Goes on.
7.0.2 one: nothing
7.0.2 one: nothing
7.0.2 read: nothing
7.0.2 read: nothing
7.0.2 x: the way east
TEXT

cat >api.js <<'JS'
/**
 * A point on a map.
 * @typedef {object} Point
 * @property {number} x the way east
 */
/**
 * Is told of each step.
 * @callback Listener
 * @param {Point} at
 * @returns {void}
 */
/** @typedef {"fast" | "slow"} Speed how fast to go */

/**
 * Reads a text.
 * @overload
 * @param {string} from
 * @returns {string}
 */
/**
 * Reads a point.
 * @overload
 * @param {Point} from
 * @returns {Point}
 */
/**
 * @param {string | Point} from
 * @returns {string | Point}
 */
export function read(from) {
  return from;
}

/**
 * Goes on.
 * @param {Speed} speed
 * @param {Listener} listener
 */
export function go(speed, listener) {}

export class Reader {
  /**
   * Reads a line.
   * @overload
   * @param {string} from
   * @returns {string}
   */
  /**
   * Reads a number.
   * @overload
   * @param {number} from
   * @returns {number}
   */
  /**
   * @param {string | number} from
   * @returns {string | number}
   */
  one(from) {
    return from;
  }
}
JS
cat >run.mjs <<'JS'
import { execFileSync } from "node:child_process";
import ts from "typescript-6";

const options = ["--ignoreConfig", "--strict", "--target", "es2022", "--module", "nodenext", "--allowJs", "--checkJs", "--declaration", "--emitDeclarationOnly"];
for (const [version, name] of Object.entries({ "6.0.3": "typescript-6", "7.0.2": "typescript" })) {
  execFileSync(process.execPath, [`node_modules/${name}/bin/tsc`, ...options, "--outDir", name, "api.js"], { stdio: "inherit" });
  const program = ts.createProgram([`${name}/api.d.ts`], { types: [] });
  const checker = program.getTypeChecker();
  const told = [];
  const visit = (node) => {
    const symbol = node.name && checker.getSymbolAtLocation(node.name);
    const described = ts.isFunctionLike(node) ? node.name && checker.getSignatureFromDeclaration(node) : symbol;
    if (described && !ts.isParameter(node)) told.push([symbol.name, ts.displayPartsToString(described.getDocumentationComment(checker))]);
    if (!ts.isFunctionLike(node)) ts.forEachChild(node, visit);
  };
  visit(program.getSourceFile(`${name}/api.d.ts`));
  for (const [what, text] of told.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) console.log(`${version} ${what}: ${text || "nothing"}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
