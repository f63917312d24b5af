import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { UsageError } from "../../src/cli/exit.ts";
import { replaceFile } from "../../src/cli/replace-file.ts";

it("writes a file whole, in a folder that it makes", () => {
  const file = join(mkdtempSync(join(tmpdir(), "replace-")), "new/out.md");
  replaceFile(file, "text", "new/out.md");
  expect(readFileSync(file, "utf8")).toBe("text");
});

it("says why it cannot, and leaves nothing beside what is there", () => {
  const folder = mkdtempSync(join(tmpdir(), "replace-"));
  mkdirSync(join(folder, "taken/inside"), { recursive: true });
  writeFileSync(join(folder, "file"), "");
  expect(() => replaceFile(join(folder, "taken"), "text", "taken")).toThrow(UsageError);
  expect(() => replaceFile(join(folder, "file/out"), "text", "file/out")).toThrow(
    "`file/out` cannot be written: a file is where a folder should be.",
  );
  expect(readdirSync(folder).sort()).toEqual(["file", "taken"]);
});
