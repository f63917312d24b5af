/**
 * Several processes write different generations to one folder at once, and some are killed while they do. When all that were
 * not killed have ended, one whole generation is there, and nothing temporary.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { isDraft, removeDrafts } from "../../src/files/draft.ts";
import { write } from "../../src/write/write.ts";
import { asContents, contents, generation, temporaryFolder } from "./generation.ts";

const program = fileURLToPath(new URL("./writer.ts", import.meta.url));
const isLong = process.env["ISOBIND_LONG_TESTS"] === "1";
const rounds = isLong ? 50 : 12;
const timeout = isLong ? 1_200_000 : 120_000;

const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  children.clear();
});

function start(outDir: string): ChildProcess {
  const child = fork(program, [outDir], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  children.add(child);
  return child;
}

/** The word of the generation that a folder holds; throws when it holds a mix. */
function wholeGeneration(outDir: string, words: readonly string[]): string {
  const left = contents(outDir);
  const visible = Object.fromEntries(Object.entries(left).filter(([name]) => !isDraft(name)));
  const word = words.find((one) => JSON.stringify(asContents(generation(one))) === JSON.stringify(visible));
  if (word === undefined) throw new Error(`a mix: ${JSON.stringify(left)}`);
  return word;
}

describe("several writers", () => {
  it(`leave one whole generation, ${rounds} rounds of 8`, { timeout }, async () => {
    const outDir = join(temporaryFolder(), "generated");
    const writers = Array.from({ length: 8 }, () => start(outDir));
    for (let round = 0; round < rounds; round++) {
      const words = writers.map((_, at) => `round ${round} writer ${at}`);
      const answers = await Promise.all(
        writers.map(async (writer, at) => {
          const answer = once(writer, "message");
          writer.send(words[at] ?? "");
          return (await answer)[0] as unknown;
        }),
      );
      for (const answer of answers) expect(answer).toEqual({ codes: [], files: 3 });
      expect(words).toContain(wholeGeneration(outDir, words));
      expect(Object.keys(contents(outDir)).filter(isDraft)).toEqual([]);
    }
  });

  it("in one process take turns too", async () => {
    const outDir = join(temporaryFolder(), "generated");
    const words = Array.from({ length: 20 }, (_, at) => `turn ${at}`);
    await Promise.all(words.map((word) => write(generation(word), { outDir, root: outDir, mode: "write" })));
    expect(words).toContain(wholeGeneration(outDir, words));
    expect(Object.keys(contents(outDir)).filter(isDraft)).toEqual([]);
  });

  it("that are killed at any moment leave what the next run makes whole", { timeout }, async () => {
    const outDir = join(temporaryFolder(), "generated");
    for (let round = 0; round < (isLong ? 200 : 15); round++) {
      const writer = start(outDir);
      await once(writer, "spawn");
      for (let at = 0; at < 40; at++) writer.send(`killed ${round} ${at}`);
      await once(writer, "message");
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 12));
      const closed = once(writer, "close");
      writer.kill("SIGKILL");
      await closed;
      removeDrafts(outDir);
      const { diagnostics } = await write(generation(`after ${round}`), {
        outDir,
        root: outDir,
        mode: "write",
      });
      expect(diagnostics).toEqual([]);
      expect(contents(outDir)).toEqual(asContents(generation(`after ${round}`)));
    }
    expect(existsSync(outDir)).toBe(true);
  });
});
