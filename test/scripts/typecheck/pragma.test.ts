import { describe, expect, it } from "vitest";
import { digest } from "../../../src/model/identity/digest.ts";
import { readHeader } from "../../../src/model/identity/header.ts";
import { checkPragma } from "../../../src/scripts/typecheck/pragma.ts";
import { typecheckScripts } from "../../../src/scripts/typecheck/typecheck.ts";
import { sideOf } from "../../diff/sides.ts";

const old = sideOf(
  "export interface Bindings { kept(): number; changed(a: string): void; gone(): void; moved(): bigint }",
);
const now = sideOf(
  "export interface Bindings { kept(): number; changed(a: number): void; added(a: Date): void; renamed(): bigint }",
);
const known = [{ digest: digest(old.contract), contract: old.contract }];
const current = { digest: digest(now.contract), contract: now.contract };
const scriptFor = (wanted: string) => ({
  file: "a.ts",
  text: `// @contract ${wanted}\nexport default SecureExec.bindings.kept();\n`,
});

describe("the contract line of a script", () => {
  it("passes when it names the declaration's contract", () => {
    expect(typecheckScripts([scriptFor(current.digest)], now.declaration)).toEqual([]);
    expect(readHeader(now.declaration).digest).toBe(current.digest);
  });

  it("is refused with what changed since, when the contract it names is known", () => {
    const [refusal] = typecheckScripts([scriptFor(digest(old.contract))], now.declaration, {
      contract: now.contract,
      known,
    });
    expect(refusal).toMatchObject({ code: "script-contract-mismatch", file: "a.ts", line: 1, column: 14 });
    expect(refusal?.message).toContain(
      ": added `added`; removed `gone`; changed `changed`; renamed `moved` to `renamed`.",
    );
  });

  it("is refused by name when nothing is known of it", () => {
    const refusal = checkPragma(scriptFor("sha256-unknown"), current, known);
    expect(refusal?.message).toBe(
      `The script is written for the contract \`sha256-unknown\`, and the declaration is of \`${current.digest}\`.`,
    );
  });
});
