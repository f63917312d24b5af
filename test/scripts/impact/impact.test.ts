import { describe, expect, it } from "vitest";
import { impact } from "../../../src/scripts/impact/impact.ts";
import { createScriptChecker } from "../../../src/scripts/typecheck/check-scripts.ts";
import { sideOf } from "../../diff/sides.ts";

const before = sideOf(`
export interface User { id: string; email: string; name: string }
export interface Bindings {
  db: { query(sql: string): Promise<User[]>; gone(): void };
  greet(name: string): string;
  inline(): { a: { b: number } };
}`);
const after = sideOf(`
export interface User { id: string; name: string | null }
export interface Bindings {
  db: { query(sql: string, limit: number): Promise<User[]> };
  greet(name: string): Promise<string>;
  inline(): { a: { b: string } };
}`);
const checker = createScriptChecker();

/** Line, and the kind and place of the change that is blamed. */
function breaksOf(text: string, file = "script.ts"): string[] {
  const { broken } = impact([{ file, text }], before, after, { checker });
  return broken.flatMap(({ breaks }) =>
    breaks.map(
      ({ finding, cause }) => `${finding.line} ${cause?.kind} ${cause?.path.join(".")} ${cause?.where}`,
    ),
  );
}

describe("impact", () => {
  it("blames the change of the binding that is called", () => {
    expect(breaksOf(`await SecureExec.bindings.db.query("x");`)).toEqual([
      "1 parameter-required-added db.query argument limit",
    ]);
    expect(breaksOf(`SecureExec.bindings.db.gone();`)).toEqual(["1 leaf-removed db.gone "]);
  });

  it("follows a value from the binding to the line that reads it", () => {
    expect(
      breaksOf(`const pending = SecureExec.bindings.db;
const rows = await pending.query("x", ...([] as unknown as []));
for (const row of rows) {
  console.log(row.email);
  const name: string = row.name;
  console.log(name);
}`),
    ).toEqual([
      "2 parameter-required-added db.query argument limit",
      "4 result-property-removed db.query result[].email",
      "5 result-member-added db.query result[].name",
    ]);
  });

  it("finds the property of a type that has no name", () => {
    expect(
      breaksOf(`const value = SecureExec.bindings.inline();\nvalue.a.b.toFixed();`, "script.js"),
    ).toEqual(["2 result-type-changed inline result.a.b"]);
  });

  it("counts a promise that nobody waits for", () => {
    expect(breaksOf(`const { greet } = SecureExec.bindings;\ngreet("x");`)).toEqual([
      "2 mode-sync-to-async greet result",
    ]);
  });

  it("leaves scripts alone that do not use what changed", () => {
    expect(breaksOf(`export default SecureExec.bindings.inline().a;`)).toEqual([]);
  });

  it("tells scripts apart that were broken before", () => {
    const scripts = [
      { file: "old.ts", text: `fetch("x");` },
      { file: "both.ts", text: `fetch("x"); SecureExec.bindings.greet("x").length;` },
      { file: "new.ts", text: `SecureExec.bindings.greet("x").length;` },
    ];
    const result = impact(scripts, before, after, { checker });
    expect(result.scripts).toBe(3);
    expect(result.broken.map(({ file }) => file)).toEqual(["both.ts", "new.ts"]);
    expect(result.brokenBefore.map(({ file }) => file)).toEqual(["old.ts", "both.ts"]);
    expect(result.diagnostics.map(({ code, file, severity }) => `${file} ${code} ${severity}`)).toEqual([
      "both.ts script-broken error",
      "new.ts script-broken error",
      "old.ts script-broken-before warning",
      "both.ts script-broken-before warning",
    ]);
    expect(result.broken[0]?.breaks.map(({ finding }) => finding.column)).toEqual([44]);
  });

  it("says place, finding and cause in one diagnostic", () => {
    const script = { file: "a.ts", text: `const s = SecureExec.bindings.greet("x");\ns.toUpperCase();\n` };
    const [diagnostic] = impact([script], before, after, { checker }).diagnostics;
    expect(diagnostic).toMatchObject({
      code: "script-broken",
      file: "a.ts",
      line: 2,
      column: 3,
      path: ["greet"],
    });
    expect(diagnostic?.message).toMatch(
      /toUpperCase.*\(TS2339\).*`greet`, `result`: the result became a promise\./su,
    );
  });

  it("checks a thousand scripts in far less than a thousand times the time of one", () => {
    const script = (n: number) => ({
      file: `s${n}.ts`,
      text: `const rows = await SecureExec.bindings.db.query("select ${n}");\n`.concat(
        Array.from(
          { length: 48 },
          (_, line) => `export const v${line} = rows.map((row) => row.name + ${n + line});`,
        ).join("\n"),
      ),
    });
    const time = (count: number): number => {
      const start = process.cpuUsage();
      const own = createScriptChecker();
      const { broken } = impact(
        Array.from({ length: count }, (_, n) => script(n)),
        before,
        after,
        { checker: own },
      );
      expect(broken).toHaveLength(count);
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    time(1);
    const one = time(1);
    const many = time(200);
    expect(many / one).toBeLessThan(200 / 2);
  }, 180_000);
});
