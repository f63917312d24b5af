import { describe, expect, it } from "vitest";
import { diffContracts } from "../../src/diff/diff.ts";
import { formatMarkdown } from "../../src/changes/format/markdown.ts";
import { formatChanges } from "../../src/changes/format/text.ts";
import { isFailure, verdictOf } from "../../src/diff/verdict.ts";
import { impact } from "../../src/scripts/impact/impact.ts";
import { sideOf } from "../diff/sides.ts";

const before = sideOf(`export interface User { id: string; email: string }
export interface Bindings { one(): User; two(): User[]; gone(a: "x|y"): void }`);
const after = sideOf(`export interface User { id: string }
export interface Bindings { one(): User; two(): User[]; fresh(): void }`);
const changes = diffContracts(before.contract, after.contract);

describe("changes as text", () => {
  it("tells the story of a named type once, with every use", () => {
    expect(formatChanges(changes)).toBe(`breaking leaf-removed: \`gone\`: the leaf was removed.
  help: keep the old form beside the new one, mark it \`@deprecated\`, and remove it in a later major version.

breaking result-property-removed: type \`User\`: the property \`email\` is gone.
  one  result.email
  two  result[].email
  help: scripts that use what was promised before may fail.

compatible leaf-added: \`fresh\`: the leaf was added.
  help: a new power for scripts: check that it should be granted.

2 breaking, 1 compatible: a major version
`);
  });

  it("says that nothing changed", () => {
    expect(formatChanges([])).toBe("no changes\n");
  });

  it("is coloured only when asked to", () => {
    expect(formatChanges(changes)).not.toContain("\u001b");
    expect(formatChanges(changes, { colors: true })).toContain("\u001b[31mbreaking");
  });
});

describe("changes as Markdown", () => {
  const scripts = [{ file: "a`b.ts", text: "SecureExec.bindings.gone('x|y');" }];

  it("shows what must be acted on and folds the rest", () => {
    const text = formatMarkdown({
      name: "api",
      against: "main",
      changes,
      impact: impact(scripts, before, after, { changes }),
    });
    expect(text).toContain("## Contract `api`: **major**");
    expect(text).toContain("Compared with `main`: 2 breaking, 1 compatible: a major version.");
    expect(text).toContain("- type `User`: the property `email` is gone.");
    expect(text).toContain("1 of 1 script breaks.");
    expect(text).toContain("- `` a`b.ts:1:21 `` `SecureExec.bindings` has no `gone`.");
    expect(text).toContain("<details><summary>Compatible changes (1)</summary>");
  });

  it("lets no text of a definition become markup", () => {
    const [change] = changes;
    if (!change) throw new Error("no change");
    const hostile = { ...change, path: [], root: null, message: "<img src=x> **bold** @someone [link](x)" };
    const text = formatMarkdown({ name: null, against: "`<b>`", changes: [hostile], impact: null });
    expect(text).toContain("\\<img src=x\\> \\*\\*bold\\*\\* \\@someone \\[link\\](x)");
    expect(text).toContain("`` `<b>` ``");
  });
});

describe("the verdict", () => {
  it("is the gravest class", () => {
    expect(verdictOf([])).toBe("none");
    expect(verdictOf([{ class: "docs" }])).toBe("patch");
    expect(verdictOf([{ class: "docs" }, { class: "compatible" }])).toBe("minor");
    expect(verdictOf([{ class: "breaking" }, { class: "compatible" }])).toBe("major");
  });

  it("fails from the class on that is asked for", () => {
    expect(isFailure([{ class: "compatible" }], "breaking")).toBe(false);
    expect(isFailure([{ class: "compatible" }], "compatible")).toBe(true);
    expect(isFailure([{ class: "docs" }], "docs")).toBe(true);
    expect(isFailure([{ class: "breaking" }], "none")).toBe(false);
  });
});
