/**
 * A host's own project includes all declarations below its `src/`: those of a contract and of its profiles, and of several
 * contracts, declare one global name and are no error there. Each by itself is valid, and checks scripts.
 */
import { describe, expect, it } from "vitest";
import { emit } from "../../src/emit/emit.ts";
import { profiles } from "../../src/profiles/profile.ts";
import { compile, compilers } from "../emit/compile.ts";
import { readText } from "../read/shown.ts";

const contract = readText(`export interface Bindings {
  find(id: string): Promise<Row | null>;
  /** @profile admin, pro */
  drop(row: Row): void;
  /** @profile admin */
  ns: { reset(): void };
}
interface Row { id: string }
type Kind = "a" | "b";
`);
const other = readText("export interface Bindings { other(kind: 'a' | 'b'): Row } type Row = { a: 1 };");

const declarationOf = (part: typeof contract, isOneOfSeveral = false): string => {
  const options = { definitionImport: "../bindings.ts", excessProperties: "refuse", isOneOfSeveral } as const;
  return emit(part, options).find(({ name }) => name === "secure-exec.d.ts")?.text ?? "";
};
const parts = profiles(contract, undefined);
const ofProfiles = Object.fromEntries(
  parts.map((part) => [`src/generated/${part.name}/secure-exec.d.ts`, declarationOf(part.contract)]),
);
const options = { skipLibCheck: false };

describe.each(compilers)("under TypeScript %s", (version) => {
  it("a contract and its profiles fit one project", async () => {
    expect(parts.map(({ name }) => name)).toEqual(["admin", "pro"]);
    const files = { "src/generated/secure-exec.d.ts": declarationOf(contract), ...ofProfiles };
    expect(await compile(version, { ...files, "src/main.ts": "export {};" }, options)).toBe("");
  });

  it("several contracts fit one project", async () => {
    const files = {
      "src/one/secure-exec.d.ts": declarationOf(contract, true),
      "src/two/secure-exec.d.ts": declarationOf(other, true),
    };
    expect(await compile(version, { ...files, "src/main.ts": "export {};" }, options)).toBe("");
  });

  it("a profile's declaration is valid by itself, and checks scripts", async () => {
    const [[, text] = ["", ""]] = Object.entries(ofProfiles).filter(([name]) => name.includes("/pro/"));
    const checked = text.replace("// @ts-nocheck\n", "");
    expect(checked).not.toBe(text);
    expect(await compile(version, { "secure-exec.d.ts": checked }, options)).toBe("");
    const script = "SecureExec.bindings.drop(1); SecureExec.bindings.ns.reset(); export {};";
    const complaints = await compile(version, { "secure-exec.d.ts": text, "script.ts": script }, options);
    expect(complaints).toContain("TS2345");
    expect(complaints).toContain("is not in the profile");
  });
});
