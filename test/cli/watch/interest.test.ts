import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { interestIn } from "../../../src/cli/watch/interest.ts";

function folder(): string {
  const made = realpathSync(mkdtempSync(join(tmpdir(), "isobind-interest-")));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

describe("interest in events", () => {
  it("is in the inputs themselves, and not in their neighbours", () => {
    const root = folder();
    const interest = interestIn(new Set([join(root, "a.ts")]));
    expect(interest.concerns(join(root, "a.ts"))).toBe(true);
    expect(interest.concerns(join(root, "b.ts"))).toBe(false);
    expect(interest.concerns(join(root, "a.ts.tmp"))).toBe(false);
  });

  it("is not in a folder around an input that is said to have come but was there all along", () => {
    const root = folder();
    mkdirSync(join(root, "around/inside"), { recursive: true });
    const interest = interestIn(new Set([join(root, "around/inside/a.ts")]));
    expect(interest.concerns(join(root, "around"))).toBe(false);
    expect(interest.concerns(root)).toBe(false);
  });

  it("is in a folder around an input that goes, and that comes back", () => {
    const root = folder();
    mkdirSync(join(root, "around/inside"), { recursive: true });
    const interest = interestIn(new Set([join(root, "around/inside/a.ts")]));
    rmSync(join(root, "around"), { recursive: true });
    expect(interest.concerns(join(root, "around"))).toBe(true);
    expect(interest.concerns(join(root, "around"))).toBe(false);
    mkdirSync(join(root, "around"));
    expect(interest.concerns(join(root, "around"))).toBe(true);
  });

  it("is in the first folder on the way to an input that is waited for", () => {
    const root = folder();
    const interest = interestIn(new Set([join(root, "types/deep/a.ts")]));
    mkdirSync(join(root, "types"));
    expect(interest.concerns(join(root, "types"))).toBe(true);
    mkdirSync(join(root, "other"));
    expect(interest.concerns(join(root, "other"))).toBe(false);
  });
});
