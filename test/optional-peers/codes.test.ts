/** A package that is missing has a code of its own, wherever it is noticed: no option was wrong, and no tool. */
import { expect, it } from "vitest";
import type { PeerProblem } from "../../src/optional-peers/load-peer.ts";
import { packageMissing } from "../../src/script-tool/options.ts";
import { peerMissing } from "../../src/tools/tools-error.ts";

const problem: PeerProblem = { message: "A tool needs the package `ai`.", help: "Run `npm install ai`." };

it.each([
  ["a script tool", packageMissing(problem), "ERR_SANDBOX_PACKAGE"],
  ["a source of tools", peerMissing(problem), "ERR_TOOLS_PACKAGE"],
])("%s says it with the command that installs the package", (_who, error, code) => {
  expect(error).toMatchObject({ code, message: `${problem.message} ${problem.help}` });
});
