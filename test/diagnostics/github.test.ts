import { describe, expect, it } from "vitest";
import { formatGithub } from "../../src/diagnostics/format/github.ts";
import { sample } from "./sample.ts";

describe("GitHub annotations", () => {
  it("are one command a line, at the exact place", () => {
    expect(formatGithub([sample()])).toBe(
      "::error file=bindings.ts,line=3,endLine=3,col=5,endColumn=9,title=isobind binding-name-reserved::" +
        "`db.then` cannot be a binding, because `await` treats a namespace with `then` as a promise.%0ARename the leaf, for example `db.next`.\n",
    );
  });

  it("never let text start another command or property", () => {
    const text = formatGithub([sample({ file: "a,b:c%.ts", message: "one\r\n::error::two % done" })]);
    expect(text.trimEnd().split("\n")).toHaveLength(1);
    expect(text).toContain("file=a%2Cb%3Ac%25.ts");
    expect(text).toContain("one%0D%0A::error::two %25 done");
  });

  it("name files from the repository's root when told where that is", () => {
    expect(formatGithub([sample()], { base: "packages/api" })).toContain("file=packages/api/bindings.ts");
  });

  it("leave columns out for ranges over several lines", () => {
    expect(formatGithub([sample({ endLine: 5 })])).not.toContain("col=");
  });
});
