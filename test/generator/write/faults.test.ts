/**
 * Every single file-system call of writing is made to fail, and to be the last one of a killed process. Whatever
 * happens: whole files, old or new; and the next run leaves one whole generation and nothing temporary.
 */
import fs from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Disk, type Machine, thisMachine } from "../../../src/generator/write/machine.ts";
import { repair } from "../../../src/generator/write/repair.ts";
import { write } from "../../../src/generator/write/write.ts";
import { asContents, contents, generation, put, temporaryFolder } from "./generation.ts";

class Killed extends Error {}

type Fault = "killed before" | "killed after" | "killed halfway" | "EIO" | "EIO from then on";

/** A disk that counts its calls and does something bad at one of them. */
function faulty(fault: Fault, at: number): { disk: Disk; calls: () => number; hit: () => string | null } {
  let calls = 0;
  let dead = false;
  let hit: string | null = null;
  const disk = new Proxy(fs, {
    get(target, name: keyof Disk) {
      const original = target[name] as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => {
        if (dead) throw new Killed("dead");
        calls++;
        const goesOn = fault === "EIO from then on" && calls > at && !/^(?:read|stat|close|rm)/.test(name);
        if (calls !== at && !goesOn) return original(...args);
        hit ??= name;
        if (fault.startsWith("EIO")) throw Object.assign(new Error("EIO: i/o error"), { code: "EIO" });
        dead = true;
        if (fault === "killed after") original(...args);
        if (fault === "killed halfway" && name === "writeFileSync")
          original(args[0], String(args[1]).slice(0, 9), args[2]);
        throw new Killed(name);
      };
    },
  });
  return { disk, calls: () => calls, hit: () => hit };
}

const died = 4_000_001;
const machine = (disk: Disk, pid: number): Machine => ({
  ...thisMachine,
  disk,
  pid,
  isAlive: (other) => other !== died,
  // Where no other process can make the renames, each of them may be the last call.
  renameApart: () => undefined,
});

const before = generation("old");
const after = generation("new");

/** Runs a scenario for every call number until a run needs no more calls. */
async function forEveryCall(
  fault: Fault,
  start: "old" | "nothing",
  scenario: (outDir: string, run: () => Promise<unknown>, hit: () => string | null) => Promise<void>,
): Promise<number> {
  for (let at = 1; ; at++) {
    const root = temporaryFolder();
    const outDir = join(root, "generated");
    if (start === "old") put(outDir, before);
    const { disk, hit } = faulty(fault, at);
    await scenario(
      outDir,
      () => write(after, { outDir, root, mode: "write", machine: machine(disk, died) }),
      hit,
    );
    fs.rmSync(root, { recursive: true });
    if (hit() === null) return at - 1;
  }
}

describe.each(["killed before", "killed after", "killed halfway"] as const)("%s each call", (fault) => {
  it.each(["old", "nothing"] as const)(
    "over %s leaves whole files, and the next run a whole generation",
    async (start) => {
      const calls = await forEveryCall(fault, start, async (outDir, run, hit) => {
        await run();
        const left = contents(outDir);
        const old = start === "old" ? asContents(before) : {};
        const visible = Object.entries(left).filter(([name]) => !name.startsWith("."));
        for (const [name, text] of visible)
          expect([old[name], asContents(after)[name]], `${hit()} ${name}`).toContain(text);

        const names = (files: Record<string, string>) => Object.entries(files).sort();
        const isWhole = [old, asContents(after)].some(
          (one) => JSON.stringify(names(one)) === JSON.stringify(visible),
        );
        expect(isWhole || ".isobind-journal" in left, `a mix without a journal after ${hit()}`).toBe(true);

        // A run that writes nothing itself makes it whole too.
        await repair(outDir, machine(fs, died + 1));
        expect([old, asContents(after)], `after ${hit()}`).toContainEqual(contents(outDir));

        // The next run writes what it wants, whatever was left.
        for (const files of [after, generation("third")]) {
          const next = await write(files, {
            outDir,
            root: outDir,
            mode: "write",
            machine: machine(fs, died + 1),
          });
          expect(next.diagnostics).toEqual([]);
          expect(contents(outDir), `after ${hit()}`).toEqual(asContents(files));
        }
      });
      expect(calls).toBeGreaterThan(20);
    },
  );

  it("is finished by a run that wants the same, without a trace", async () => {
    await forEveryCall(fault, "old", async (outDir, run, hit) => {
      await run();
      await write(before, { outDir, root: outDir, mode: "write", machine: machine(fs, died + 1) });
      expect(contents(outDir), `after ${hit()}`).toEqual(asContents(before));
    });
  });
});

describe("an error at each call", () => {
  it.each(["old", "nothing"] as const)("over %s leaves all old or all new, and says so", async (start) => {
    await forEveryCall("EIO", start, async (outDir, run, hit) => {
      const written = (await run()) as Awaited<ReturnType<typeof write>>;
      const left = Object.entries(contents(outDir)).filter(([name]) => !name.startsWith(".isobind-"));
      const expected = [start === "old" ? asContents(before) : {}, asContents(after)].map((one) =>
        Object.entries(one).sort(),
      );
      expect(expected, `${hit()}`).toContainEqual(left);
      const isNew = JSON.stringify(left) === JSON.stringify(expected[1]);
      if (!isNew) expect(written.diagnostics.map(({ code }) => code)).toEqual(["output-unwritable"]);

      await write(after, { outDir, root: outDir, mode: "write", machine: machine(fs, died + 1) });
      expect(contents(outDir)).toEqual(asContents(after));
    });
  });

  it("that does not go away leaves what can be made whole", async () => {
    await forEveryCall("EIO from then on", "old", async (outDir, run, hit) => {
      const written = (await run()) as Awaited<ReturnType<typeof write>>;
      if (hit() !== null) expect(written.files.length === 0 || written.diagnostics.length === 0).toBe(true);
      await repair(outDir, machine(fs, died + 1));
      expect([asContents(before), asContents(after)], `after ${hit()}`).toContainEqual(contents(outDir));
    });
  });
});
