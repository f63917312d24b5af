/**
 * The README of a package for authors of scripts: from an empty folder to a script with a test.
 */
import { counted } from "../model/counted.ts";
import { kindsApart } from "../library/kinds.ts";
import { packedTsconfig } from "../library/names.ts";
import { defaultKind } from "../model/contract.ts";
import { walkLeaves } from "../model/walk.ts";
import type { PackInput } from "./pack.ts";

export function readmeText({ name, title, contract, examples }: PackInput): string {
  const [kind] = kindsApart(contract.scripts ?? []).slice(1);
  const hasInput = contract.scripts?.some(({ input }) => input !== null) === true;
  const leaves = [...walkLeaves(contract.root)].map(({ path }) => `\`${path.join(".")}\``);
  const said = contract.root.doc.text;
  const profile = contract.profile === undefined ? "" : `\n\nProfile \`${contract.profile.name}\`.`;
  return `# ${title}${profile}

${said === "" ? "" : `${said}\n\n`}Scripts call ${counted(leaves.length, "function")} of their host: ${leaves.join(", ")}. The [reference](reference.md) says what each does; \`reference.html\` is the same as a page with
search.

## Set up

\`\`\`sh
npm install --save-dev ${name}
\`\`\`

In the folder of your scripts, a \`tsconfig.json\`:

\`\`\`json
{
  "extends": "${name}/tsconfig.json",
  "include": ["."],
  "exclude": ["**/*.test.ts"]
}
\`\`\`

Editors then complete \`SecureExec.bindings.\` and know exactly what a script has: no \`process\`, no DOM. \`npx tsc -p .\` says the same in a terminal.
${
  kind === undefined
    ? ""
    : `
A folder whose scripts are all of one kind has a \`tsconfig.json\` of its own, which extends \`${name}/tsconfig.<kind>.json\` instead, for example \`${name}/${packedTsconfig(kind.name)}\`: \`input\` then has the type that those scripts are given.
Where it lies in a folder of other scripts, the \`tsconfig.json\` of that one extends \`${name}/${packedTsconfig(defaultKind)}\` and leaves it out: \`"exclude": [${JSON.stringify(kind.name)}, "**/*.test.ts"]\`.
`
}
## Test a script

\`\`\`ts
import { deepEqual } from "node:assert/strict";
import { test } from "node:test";
import { mock } from "${name}/testing";

test("runs, and no call of it is refused", async () => {
  const mocks = mock();
  const { default: result } = await mocks.run(new URL("script.ts", import.meta.url));
  console.log(result, mocks.calls);
  deepEqual(mocks.calls.filter(({ error }) => error !== undefined), []);
});
\`\`\`

This holds for every script; what yours gives, and what it calls, is for you to say.${hasInput ? " It is given an input that is made; another is an option of `run`: `mocks.run(file, { input: { … } })`." : ""} Every function answers with a value of its type, the same in every run. \`mock({ overrides })\` says what the test wants to know better, \`mocks.callsTo(name)\` what was called, and
\`throws("Name")\` as an override throws an error that the function declares. Needs Node 22.18 or newer, and nothing else.
Where your \`package.json\` says \`"type": "commonjs"\`, as \`npm init -y\` writes it, put a \`package.json\` with \`{ "type": "module" }\` beside the scripts: they are modules.
${examples.length === 0 ? "" : `\n## Examples\n\n${examples.map(({ file, title: shown }) => `- [${shown}](${file})`).join("\n")}\n`}`;
}
