#!/usr/bin/env bash
# stripInternal of TypeScript 5.9.3, 6.0.3 and 7.0.2 removes what has the letters @internal anywhere in the comment before it, as in "not @internal" or an example, and a class whose constructor is removed can be made without arguments.
#
# typescript 5.9.3, 6.0.3, 7.0.2, the same declarations from all. One expects the tag to count where other tags count, at the beginning of a line of a JSDoc comment;
# it is looked for as text, in line comments, code spans and longer words too. A comment on the line of the member before does not count (the documentation of
# such a member is lost the same way). The types that are left over go on naming those removed, without an error. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund typescript-5@npm:typescript@5.9.3 typescript-6@npm:typescript@6.0.3 typescript@7.0.2

cat >expected <<'TEXT'
export declare class Client {
    #private;
}
export declare const sameLine: {
    a: number;
    b: number;
};
export type Names = Removed | string;
TEXT

cat >api.ts <<'TS'
/** Part of the API, not @internal. */
export const prose = 1;
/**
 * @example
 * ```ts
 * /** @internal *\/
 * ```
 */
export const example = 1;
/** Documentation marks such things with `@internal`. */
export const codeSpan = 1;
// Nothing @internal here.
export const lineComment = 1;
/** @internalRemarks for those who maintain it */
export const longerTag = 1;
export class Client {
  #key: string;
  /** @internal */
  constructor(key: string) {
    this.#key = key;
  }
}
export const sameLine = { /** @internal */ a: 1, b: 2 };
/** @internal */
export type Removed = 1;
export type Names = Removed | string;
TS
cat >tsconfig.json <<'JSON'
{
  "compilerOptions": { "declaration": true, "emitDeclarationOnly": true, "stripInternal": true, "strict": true, "target": "es2022", "types": [] },
  "files": ["api.ts"]
}
JSON

for version in typescript-5 typescript-6 typescript; do
  node "node_modules/$version/bin/tsc" --outDir "out-$version"
  diff expected "out-$version/api.d.ts"
done
cat out-typescript/api.d.ts
