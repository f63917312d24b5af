import { describe, expect, it } from "vitest";
import { didYouMean, nearest } from "../../src/model/suggest.ts";

describe("did you mean", () => {
  it.each([
    ["definitoin", "definition"],
    ["outdir", "outDir"],
    ["timeuot", "timeout"],
    ["limit", "limits"],
  ])("%s -> %s", (name, meant) => {
    expect(nearest(name, ["definition", "outDir", "limits", "timeout", "tsconfig"])).toBe(meant);
  });

  it("is silent when nothing is near", () => {
    expect(nearest("plugins", ["definition", "outDir", "limits"])).toBeNull();
    expect(didYouMean("x", ["definition"])).toBe("");
    expect(didYouMean("outdir", ["outDir"])).toBe(" Did you mean `outDir`?");
  });
});
