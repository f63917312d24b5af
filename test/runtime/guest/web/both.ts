/**
 * Both: one program in an isolate and in Node, whose own web globals are the measure. Inputs go in together, because an isolate costs more than what a
 * program does with one.
 */
import { expect } from "vitest";
import { runScript } from "../support/run-script.ts";

/** What a program may use: the name of what was thrown tells enough, since words are each one's own. */
const tools = `
const attempt = (action) => { try { return action(); } catch (error) { return "threw " + error.name; } };
`;

/** Its web globals follow older texts of the standards in a few places; where they are the measure, those places are left out by name. */
export const isNode22 = process.versions.node.startsWith("22.");

/** `program`: the body of a function of `input` that returns what can cross. */
export async function inBoth(program: string, input: unknown): Promise<[inside: unknown, inNode: unknown]> {
  const { outcome, exports } = await runScript(
    `${tools}const run = (input) => { ${program} };\nexport default run(input);`,
    {
      globals: { input },
      limits: { payloadBytes: 64 << 20, memoryMb: 256, cpuMs: 60_000, wallMs: 60_000 },
    },
  );
  if (outcome.kind !== "ok") throw new Error(`${outcome.kind}: ${JSON.stringify(outcome)}`);
  const inNode = new Function("input", `${tools}${program}`) as (input: unknown) => unknown;
  return [exports["default"], inNode(structuredClone(input))];
}

/** Runs `program` for each of `inputs`, and names the first that differs. */
export async function expectSame(program: string, inputs: readonly unknown[]): Promise<void> {
  const each = `return input.map((input) => attempt(() => { ${program} }));`;
  const [inside, inNode] = (await inBoth(each, inputs)) as [unknown[], unknown[]];
  expect(inside).toHaveLength(inputs.length);
  for (const [i, value] of inside.entries()) expect(value, JSON.stringify(inputs[i])).toEqual(inNode[i]);
}
