/**
 * Another run does something between two renames of ours. The other one is the same code, called at exactly that moment: what
 * processes of their own meet by chance only, happens here each time.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { isDraft } from "../../src/files/draft.ts";
import { replaceFiles } from "../../src/write/replace.ts";
import { write } from "../../src/write/write.ts";
import { asContents, contents, generation, put, temporaryFolder } from "./generation.ts";

const ours = generation("ours");
const theirs = generation("theirs");
const renameSync = fs.renameSync;

/** Calls `other` after each rename of ours that `at` picks, counted from 1. */
function afterRename(at: (nth: number) => boolean, other: () => void): void {
  let nth = 0;
  let isOther = false;
  fs.renameSync = (from, to) => {
    renameSync(from, to);
    if (isOther || !at(++nth)) return;
    isOther = true;
    other();
    isOther = false;
  };
  syncBuiltinESMExports();
}
afterEach(() => {
  fs.renameSync = renameSync;
  syncBuiltinESMExports();
});

const writeOurs = (outDir: string) => write(ours, { outDir, root: outDir, mode: "write" });

describe("a run that is interrupted by another one", () => {
  it.each([1, 2])("after %i of 3 renames writes again, until its own set is there", async (at) => {
    const outDir = join(temporaryFolder(), "generated");
    put(outDir, generation("old"));
    afterRename(
      (nth) => nth === at,
      () => replaceFiles(outDir, { write: theirs, remove: [] }),
    );
    const { diagnostics, files } = await writeOurs(outDir);
    expect(diagnostics).toEqual([]);
    expect(files.map(({ status }) => status)).toEqual(["written", "written", "written"]);
    expect(contents(outDir)).toEqual(asContents(ours));
  });

  it("after its last rename ends with one of the two sets", async () => {
    const outDir = join(temporaryFolder(), "generated");
    afterRename(
      (nth) => nth === 3,
      () => replaceFiles(outDir, { write: theirs, remove: [] }),
    );
    await writeOurs(outDir);
    expect([asContents(ours), asContents(theirs)]).toContainEqual(contents(outDir));
  });

  it("again and again comes to an end", async () => {
    const outDir = join(temporaryFolder(), "generated");
    afterRename(
      (nth) => nth <= 24 && nth % 3 === 1,
      () => replaceFiles(outDir, { write: theirs, remove: [] }),
    );
    expect((await writeOurs(outDir)).diagnostics).toEqual([]);
    expect(contents(outDir)).toEqual(asContents(ours));
  });

  it("for ever says so", async () => {
    const outDir = join(temporaryFolder(), "generated");
    afterRename(
      () => true,
      () => replaceFiles(outDir, { write: theirs, remove: [] }),
    );
    const { diagnostics, files } = await writeOurs(outDir);
    expect(files).toEqual([]);
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ["output-unwritable", expect.stringContaining("other processes keep writing there")],
    ]);
  });

  it("that takes its drafts for those of a dead process writes them again", async () => {
    const outDir = join(temporaryFolder(), "generated");
    afterRename(
      (nth) => nth === 1,
      () => {
        for (const name of fs.readdirSync(outDir).filter(isDraft)) fs.rmSync(join(outDir, name));
      },
    );
    expect((await writeOurs(outDir)).diagnostics).toEqual([]);
    expect(contents(outDir)).toEqual(asContents(ours));
  });

  it("does not overwrite what someone has put there meanwhile", async () => {
    const outDir = join(temporaryFolder(), "generated");
    const mine = "export const mine = 1;\n";
    afterRename(
      (nth) => nth === 1,
      () => {
        for (const name of fs.readdirSync(outDir).filter(isDraft)) fs.rmSync(join(outDir, name));
        fs.writeFileSync(join(outDir, "secure-exec.d.ts"), mine);
      },
    );
    const { diagnostics } = await writeOurs(outDir);
    expect(diagnostics.map(({ code }) => code)).toEqual(["output-foreign"]);
    expect(contents(outDir)["secure-exec.d.ts"]).toBe(mine);
  });
});

describe("a comparison", () => {
  it("waits for a run that is writing, and does not call half of its set stale", async () => {
    const outDir = join(temporaryFolder(), "generated");
    put(outDir, [...ours.slice(0, 1), ...theirs.slice(1)]);
    put(outDir, [{ name: ".isobind-1-abc.tmp", text: "" }]);
    const compared = write(ours, { outDir, root: outDir, mode: "compare" });
    setTimeout(() => {
      put(outDir, ours);
      fs.rmSync(join(outDir, ".isobind-1-abc.tmp"));
    }, 30);
    expect((await compared).files.map(({ status }) => status)).toEqual([
      "unchanged",
      "unchanged",
      "unchanged",
    ]);
  });
});
