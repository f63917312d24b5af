/**
 * What the kernel says of a process, which is all that is known of a run whose worker has died.
 */
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { pageBytes, pageBytesIn } from "../../../src/runtime/process/page-size.ts";
import { nothingUsed, readProcessUsage } from "../../../src/runtime/process/process-usage.ts";

const linux = process.platform === "linux";

describe("a page of memory", () => {
  it.runIf(linux)("is as large as the system says", () => {
    expect(pageBytes()).toBe(Number(execFileSync("getconf", ["PAGESIZE"], { encoding: "utf8" })));
  });

  it("is found behind other entries, and is 4 KiB where there is none", () => {
    const pairs = (...values: bigint[]): Buffer => Buffer.from(new BigUint64Array(values).buffer);
    expect(pageBytesIn(pairs(33n, 140_521_535_467_520n, 16n, 6n, 6n, 65_536n, 0n, 0n))).toBe(65_536);
    expect(pageBytesIn(pairs(33n, 1n, 0n, 0n))).toBe(4096);
    expect(pageBytesIn(Buffer.alloc(7))).toBe(4096);
  });
});

describe("the usage of a process", () => {
  it.runIf(linux)("is its resident memory, as Node counts it", () => {
    const { residentBytes } = readProcessUsage(process.pid);
    const told = process.memoryUsage.rss();
    expect(residentBytes / told).toBeGreaterThan(0.5);
    expect(residentBytes / told).toBeLessThan(2);
  });

  it("is nothing where there is no such process", () => {
    expect(readProcessUsage(2 ** 30)).toEqual(nothingUsed);
  });
});
