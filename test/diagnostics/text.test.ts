import { describe, expect, it } from "vitest";
import { formatText, summary } from "../../src/diagnostics/format/text.ts";
import { sample, source } from "./sample.ts";

describe("text", () => {
  it("says what happened, where, the code, and what to do", () => {
    expect(formatText([sample()], { source: () => source })).toBe(
      [
        "error binding-name-reserved: `db.then` cannot be a binding, because `await` treats a namespace with `then` as a promise.",
        "  bindings.ts:3:5",
        "  3 |     then: (id: string) => string;",
        "    |     ^^^^",
        "  help: rename the leaf, for example `db.next`.",
        "",
        "1 error",
        "",
      ].join("\n"),
    );
  });

  it("has no colours unless asked, and the same words with them", () => {
    const plain = formatText([sample()], { source: () => source });
    const colored = formatText([sample()], { source: () => source, colors: true });
    expect(plain).not.toContain("\u001b");
    expect(colored).toContain("\u001b[31merror\u001b[39m");
    expect(colored.replace(/\u001b\[\d+m/g, "")).toBe(plain);
  });

  it("leaves out what there is not", () => {
    const bare = sample({ file: null, line: null, column: null, endLine: null, endColumn: null });
    expect(formatText([bare]).split("\n")).toHaveLength(5);
    expect(formatText([sample({ line: null, column: null })])).toContain("\n  bindings.ts\n");
    expect(formatText([])).toBe("");
  });

  it("keeps names in help as they are", () => {
    expect(formatText([sample({ help: "TypeScript says so." })])).toContain("help: TypeScript says so.");
    expect(formatText([sample({ help: "Node says so." })])).toContain("help: Node says so.");
  });

  it("shows control characters of a message as escapes", () => {
    expect(formatText([sample({ message: "\u001b[2J\u202e" })])).toContain("\\u{1b}[2J\\u{202e}");
  });

  it("counts errors and warnings apart", () => {
    const warning = sample({ severity: "warning" });
    expect(summary([sample(), sample(), warning])).toBe("2 errors, 1 warning");
    expect(summary([warning, warning])).toBe("2 warnings");
    expect(summary([sample()])).toBe("1 error");
    expect(summary([])).toBe("no findings");
  });
});
