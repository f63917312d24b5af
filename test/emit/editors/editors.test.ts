/**
 * Every editor shows the author's words: where a binding is mentioned, completed and called, after destructuring too, and those
 * of namespaces, overloads and parameters.
 */
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emitDeclaration } from "../../../src/emit/declaration/declaration.ts";
import { readText } from "../../read/shown.ts";
import type { EditedFiles, Editor } from "./editor.ts";
import { openLanguageService } from "./language-service.ts";
import { openServer } from "./server.ts";

const definition = `export interface Bindings {
  /** About the database. */
  db: {
    /**
     * Runs one statement.
     *
     * @deprecated in favour of nothing
     */
    query(/** The text of it. */ sql: string): Promise<number>;
  };
  /** By id. */
  find(id: number): string;
  /** By name. */
  find(/** Part of it. */ name: string): string[];
}`;

const text = `const kept = SecureExec.bindings.db.query;
const { query: taken } = SecureExec.bindings.db;
await SecureExec.bindings.db.query("select");
await taken("select");
SecureExec.bindings.find(1);
SecureExec.bindings.find("a");
export { kept };
`;

/** The offset of a piece of the script, and how far into it. */
const at = (piece: string, into = 0): number => text.indexOf(piece) + into;

const folder = realpathSync(mkdtempSync(join(tmpdir(), "isobind-editor-")));
const files: EditedFiles = { folder, script: "script.ts", text };
writeFileSync(join(folder, "script.ts"), text);
writeFileSync(join(folder, "secure-exec.d.ts"), emitDeclaration(readText(definition)));
const compilerOptions = {
  strict: true,
  noEmit: true,
  target: "es2023",
  module: "esnext",
  moduleResolution: "bundler",
  lib: ["es2023"],
  types: [],
};
writeFileSync(
  join(folder, "tsconfig.json"),
  JSON.stringify({ compilerOptions, files: ["secure-exec.d.ts", "script.ts"] }),
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const versions = {
  "5.9": async () => openLanguageService("5.9", files),
  "6.0": async () => openLanguageService("6.0", files),
  "7.0": () => openServer(files),
} satisfies Record<string, () => Promise<Editor>>;

describe.each(Object.entries(versions))("TypeScript %s shows", (_, open) => {
  let editor: Editor;
  beforeAll(async () => {
    editor = await open();
  });
  afterAll(() => editor.close());

  it("what a binding does where it is only mentioned", async () => {
    expect(await editor.hover(at("query;"))).toContain("Runs one statement.");
    expect(await editor.hover(at("query: taken"))).toContain("Runs one statement.");
    expect(await editor.hover(at("db.query;"))).toContain("About the database.");
  });

  it("what it does and takes where it is called", async () => {
    for (const place of [at('query("select")'), at('taken("select")')]) {
      const shown = await editor.hover(place);
      expect(shown).toContain("Runs one statement.");
      expect(shown).toContain("The text of it.");
      expect(shown).toContain("in favour of nothing");
    }
  });

  it("what is completed", async () => {
    expect(await editor.completion(at("query;"), "query")).toContain("Runs one statement.");
    expect(await editor.completion(at("query;"), "query")).toContain("in favour of nothing");
    expect(await editor.completion(at("db.query;"), "db")).toContain("About the database.");
  });

  it("what to write while a call is written", async () => {
    for (const place of [at('query("select")', "query(".length), at('taken("select")', "taken(".length)]) {
      expect(await editor.help(place)).toBe("Runs one statement.\nThe text of it.");
    }
  });

  it("each overload by itself", async () => {
    expect(await editor.hover(at("find(1)"))).toContain("By id.");
    const shown = await editor.hover(at('find("a")'));
    expect(shown).toContain("By name.");
    expect(shown).toContain("Part of it.");
  });
});
