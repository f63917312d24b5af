import { describe, expect, it } from "vitest";
import { maxMessageLength, scrub } from "../../../src/runtime/host/scrub.ts";

describe("scrub", () => {
  it.each([
    [
      "ENOENT: no such file or directory, open '/srv/app/secrets.json'",
      "ENOENT: no such file or directory, open '<path>'",
    ],
    ["Cannot find module 'file:///srv/my app/db.mjs' here", "Cannot find module '<path>' here"],
    ["Cannot find module file:///srv/app/db.mjs", "Cannot find module <path>"],
    ["open '/home/ann/my secrets/a b.txt' failed", "open '<path>' failed"],
    ["at C:\\Users\\ann\\x.js and \\\\server\\share\\x", "at <path> and <path>"],
    [`from ${process.cwd()}/src/index.ts:3:4`, "from <path>"],
    ["boom\n    at query (/srv/app/db.js:1:2)\n    at async run (node:internal/x:1:1)", "boom"],
    ["/etc/passwd", "<path>"],
    [
      "ENOENT: no such file or directory, rename '//x/a b' -> '/unusual/c'",
      "ENOENT: no such file or directory, rename '<path>'",
    ],
    ["listen EACCES /tmp/app.sock", "listen EACCES <path>"],
  ])("%s", (message, wanted) => {
    expect(scrub(message)).toBe(wanted);
  });

  it.each([
    "GET /users/42 answered 404",
    "https://example.com/home/page is down",
    "ratio 3/4, and/or, a/tmp/b",
    "./relative/path and src/index.ts",
    "Date 24/12/2026",
    "key: value, C: drive",
    "multi\nline message",
  ])("keeps %s", (message) => {
    expect(scrub(message)).toBe(message);
  });

  it("cuts dumps, and takes linear time for hostile ones", () => {
    expect(scrub("x".repeat(100_000))).toHaveLength(maxMessageLength);
    const before = process.cpuUsage();
    scrub("/tmp/".repeat(10_000));
    scrub("'/tmp/".repeat(10_000));
    scrub("\n    at ".repeat(10_000));
    scrub("file://".repeat(10_000));
    scrub("EAAAAAAA: ".repeat(10_000));
    scrub("ENOENT: x, open '".repeat(10_000));
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(2_000);
  });
});
