/** Scripts that threads share have the findings that they have together: also where one imports another, of another part or kind, or a module that is none of them. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { typecheckStored } from "../../../../src/scripts/typecheck/stored.ts";
import { openSharing, threadsFor, type Sharing } from "../../../../src/scripts/typecheck/threads/threads.ts";
import { sideOf } from "../../../diff/sides.ts";

const { declaration } = sideOf(`
export interface Bindings { greet(name: string): string; save(): Promise<void> }
export interface Scripts { rule: { input: { cents: number }; result: { ok: boolean } } }`);

const folder = mkdtempSync(join(tmpdir(), "isobind-threads-"));
afterAll(() => rmSync(folder, { recursive: true }));
const beside = "export const tax = (cents: number): number => cents * rate;\n";
writeFileSync(join(folder, "package.json"), "{}");
mkdirSync(join(folder, "lib"));
writeFileSync(join(folder, "lib/tax.ts"), beside);

const texts = [
  "export default SecureExec.bindings.grete('a');",
  "// @contract sha256-other\nexport default 1;",
  // Both import it, and what it exports need not leave.
  "import { twice } from './2.ts';\nexport default twice(1);",
  "import { twice } from './5.ts';\nimport { tax } from './lib/tax.ts';\nexport default twice(tax(1)).length;",
  "import { tax } from './lib/tax.ts';\nSecureExec.bindings.save();\nexport default tax(1);",
  "// @script rule\nexport const twice = (value: number): number => 2 * value;\nexport default { ok: input.cents };",
  "// @script rule\nimport { twice } from './5.ts';\nexport default { ok: twice(input.cents) > 1 };",
  "export default () => 1;",
  "export default SecureExec.bindings.greet('a');",
];
const scripts = texts.map((text, at) => ({ file: `${at}.ts`, text }));

const findings = async (threads: number, native: boolean): Promise<unknown[]> => {
  const found = await typecheckStored(scripts, declaration, { folder, native, threadsFor: () => threads });
  return found
    .map(({ file, line, column, code }) => [file, line, column, code].join(" "))
    .toSorted((a, b) => (a < b ? -1 : 1));
};

describe("scripts of several threads", () => {
  it("have the findings of one, each once", async () => {
    const one = await findings(1, false);
    expect(one).toMatchInlineSnapshot(`
      [
        "0.ts 1 36 script-binding-unknown",
        "1.ts 1 14 script-contract-mismatch",
        "2.ts 1 10 script-type",
        "3.ts 3 30 script-type",
        "4.ts 2 1 script-promise-floating",
        "7.ts 1 16 script-export-not-clonable",
        "lib/tax.ts 1 55 script-type",
      ]
    `);
    expect(await findings(2, false)).toEqual(one);
    expect(await findings(3, true)).toEqual(one);
  });

  it("tell how many are done, and at last all", async () => {
    let last = 0;
    const onChecked = (done: number): void => void (last = done);
    await typecheckStored(scripts, declaration, { folder, native: false, threadsFor: () => 2, onChecked });
    // The module beside them too.
    expect(last).toBeGreaterThanOrEqual(scripts.length);
  });

  /** Opens two threads whose program this is. */
  const openScripted = (name: string, program: string): Sharing => {
    const file = join(folder, name);
    writeFileSync(file, program);
    const all = { scripts, declaration, engine: "node22", folder } as const;
    return openSharing(all, () => 2, pathToFileURL(file));
  };

  it("are told of by what ends a thread while it answers", async () => {
    const sharing = openScripted(
      "dies.mjs",
      `import { parentPort } from "node:worker_threads";
       parentPort.on("message", () => { throw new RangeError("no room"); });`,
    );
    await expect(sharing.ask("check", [0, 1])).rejects.toThrow("no room");
    sharing.close();
  });

  it("are told of by what has ended a thread between two questions", async () => {
    const ends = new BroadcastChannel(folder);
    const sharing = openScripted(
      "dies-later.mjs",
      `import { writeFileSync } from "node:fs";
       import { BroadcastChannel, parentPort, threadId } from "node:worker_threads";
       parentPort.once("message", () => parentPort.postMessage({ answer: new Set() }));
       new BroadcastChannel(${JSON.stringify(folder)}).onmessage = () => { throw new RangeError("no room"); };
       process.on("exit", () => writeFileSync(new URL("ended-" + threadId, import.meta.url), ""));`,
    );
    expect(await sharing.ask("look", [0, 1])).toHaveLength(2);
    ends.postMessage("now");
    const ended = (): number => readdirSync(folder).filter((name) => name.startsWith("ended-")).length;
    await expect.poll(ended).toBe(2);
    await expect(sharing.ask("check", [0, 1])).rejects.toThrow("no room");
    sharing.close();
    ends.close();
  });

  it("are not worth it when they are few", () => {
    expect(threadsFor("look", 300)).toBeLessThan(2);
    expect(threadsFor("check", 300)).toBeLessThan(2);
  });
});
