import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { needs } from "./needs.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "isobind-needs-"));
  vi.stubEnv("PATH", folder);
  vi.stubEnv("ISOBIND_REQUIRE", "");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

function install(name: string, mode = 0o755): string {
  const path = join(folder, name);
  writeFileSync(path, "#!/bin/sh\n");
  chmodSync(path, mode);
  return path;
}

it("finds a program under any of its names", () => {
  const path = install("google-chrome");
  expect(needs("chromium")).toBe(path);
});

it.skipIf(process.platform === "win32")("has none where the machine has none", () => {
  install("chromium", 0o644);
  expect(needs("chromium")).toBeUndefined();
});

it("fails where the program has to be there", () => {
  vi.stubEnv("ISOBIND_REQUIRE", "redis,chromium");
  expect(() => needs("redis")).toThrow(
    "redis is required by ISOBIND_REQUIRE, and redis-server is not on PATH.",
  );
  const path = install("redis-server");
  expect(needs("redis")).toBe(path);
});
