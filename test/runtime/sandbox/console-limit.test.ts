/** What a script prints arrives whole up to the limit and its note, whatever letters it is made of. */
import { describe, expect, it } from "vitest";
import { createSandbox } from "../../../src/runtime/index.ts";

describe.each(["none", "process"] as const)("isolation: %s", (isolation) => {
  it.each(["a", "é", "語", "😀", "\\ud83d"])("a console of %s ends once, with the note", async (letter) => {
    const lines: string[] = [];
    await using sandbox = await createSandbox({
      isolation,
      workers: 1,
      limits: { consoleBytes: 2_000 },
      onConsole: ({ text }) => void lines.push(text),
    });
    const { stats } = await sandbox.run(
      `for (let i = 0; i < 500; i++) console.log(i + " " + "${letter}".repeat(i % 30)); export default 1`,
    );
    const note = "\n[the console ends here: its limit is 2000 bytes]";
    expect(lines.at(-1)?.endsWith(note)).toBe(true);
    expect(lines.slice(0, -1).map((line) => Number.parseInt(line, 10))).toEqual([
      ...lines.slice(0, -1).keys(),
    ]);
    const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
    expect(stats.consoleBytes).toBe(bytes);
    expect(bytes - Buffer.byteLength(note) + lines.length).toBeGreaterThan(1_990);
  });
});
