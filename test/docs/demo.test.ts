import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

describe("npm run demo", () => {
  let out = "";
  let status: number | null = null;

  beforeAll(() => {
    const ran = spawnSync(process.execPath, ["scripts/demo.ts"], { cwd: root, encoding: "utf8" });
    out = ran.stdout + ran.stderr;
    status = ran.status;
  });

  it("ends well", () => expect(status, out).toBe(0));

  it("shows what was generated", () => {
    for (const name of ["registry.ts", "secure-exec.d.ts", "contract.json"])
      expect(out).toContain(`fixtures/quickstart/generated/${name}`);
    expect(out).toContain("declare const SecureExec");
  });

  it("runs the script: console, concurrency, and what JSON would lose", () => {
    expect(out).toContain("Hello, script author!");
    expect(out).toContain("waited 40 + 40 + 40 ms");
    expect(out).toContain("prices: Map(1) { 'tea' => 3 }");
    expect(out).toContain("sent: 2026-11-22T10:00:00.000Z");
    expect(out).toContain("bytes: Uint8Array(3) [ 1, 2, 255 ]");
    expect(out).toContain("isCircular: true");
    expect(out).toContain("problem: 'out of tea'");
    expect(out).toContain("refused: 'RangeError: only SELECT statements are allowed'");
  });

  it("shows the script author's three mistakes, each with its line", () => {
    for (const place of ["mistakes.ts:5:", "mistakes.ts:7:", "mistakes.ts:9:"]) expect(out).toContain(place);
    expect(out).toContain("Did you mean `query`?");
    expect(out).toContain("3 errors");
    expect(out).toContain("TypeError: db.qeury is not a function");
  });
});
