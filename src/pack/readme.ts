/**
 * The README of a package for authors of scripts: from an empty folder to a script with a test.
 */
import { kindsApart } from "../library/kinds.ts";
import { packedTsconfig } from "../library/names.ts";
import { walkLeaves } from "../model/walk.ts";
import type { PackInput } from "./pack.ts";

export function readmeText({ name, title, contract, examples }: PackInput): string {
  const [kind] = kindsApart(contract.scripts ?? []).slice(1);
  const leaves = [...walkLeaves(contract.root)].map(({ path }) => `\`${path.join(".")}\``);
  const said = contract.root.doc.text;
  const profile = contract.profile === undefined ? "" : `\n\nProfile \`${contract.profile.name}\`.`;
  return `# ${title}${profile}

${said === "" ? "" : `${said}\n\n`}Scripts call ${leaves.length === 1 ? "one function" : `${leaves.length} functions`} of their host: ${leaves.join(", ")}. The [reference](reference.md) says what each does; \`reference.html\` is the same as a page with
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
`
}
## Test a script

\`\`\`ts
import { equal } from "node:assert/strict";
import { test } from "node:test";
import { mock } from "${name}/testing";

test("does what it should", async () => {
  const mocks = mock();
  const { default: result } = await mocks.run(new URL("script.ts", import.meta.url));
  equal(mocks.calls.length, 1);
});
\`\`\`

Every function answers with a value of its type, the same in every run. \`mock({ overrides })\` says what the test wants to know better, \`mocks.callsTo(name)\` what was called, and
\`throws("Name")\` as an override throws an error that the function declares. Needs Node 22.18 or newer, and nothing else.
Where your \`package.json\` says \`"type": "commonjs"\`, as \`npm init -y\` writes it, put a \`package.json\` with \`{ "type": "module" }\` beside the scripts: they are modules.
${examples.length === 0 ? "" : `\n## Examples\n\n${examples.map(({ file, title: shown }) => `- [${shown}](${file})`).join("\n")}\n`}`;
}
