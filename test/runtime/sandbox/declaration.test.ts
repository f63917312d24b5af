import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { leafHashes } from "../../../src/model/identity/digest.ts";
import { headerLines } from "../../../src/model/identity/header.ts";
import type { Registry } from "../../../src/model/registry.ts";
import { checkDeclaration } from "../../../src/runtime/declaration.ts";
import { createSandbox } from "../../../src/runtime/index.ts";
import { registryOf, typed } from "../host/leaf.ts";

const registry: Registry = {
  ...registryOf(
    typed("db.query", () => 1, { result: { kind: "number" } }),
    typed("greet", () => "x", { result: { kind: "string" } }),
  ),
  digest: `sha256-${"a".repeat(64)}`,
};

function declarationOf(of: Registry): string {
  const leaves = leafHashes(
    of.leaves.flatMap(({ contract }) => contract ?? []),
    of.declarations,
  );
  return [...headerLines({ digest: of.digest ?? "", leaves }), "declare const SecureExec: {};", ""].join(
    "\n",
  );
}

describe("the declaration of a sandbox", () => {
  it("may be text, a path or a URL", async () => {
    const folder = mkdtempSync(join(tmpdir(), "isobind-declaration-"));
    try {
      const file = join(folder, "secure-exec.d.ts");
      writeFileSync(file, declarationOf(registry));
      for (const declaration of [
        declarationOf(registry),
        file,
        pathToFileURL(file),
        pathToFileURL(file).href,
      ]) {
        await using sandbox = await createSandbox({ isolation: "none", registry, declaration });
        expect(sandbox.alive).toBe(true);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("must be of the same contract as the registry; the difference is named", async () => {
    const other: Registry = {
      ...registryOf(
        typed("db.query", () => 1, { result: { kind: "string" } }),
        typed("cache.get", () => "x"),
      ),
      digest: `sha256-${"b".repeat(64)}`,
    };
    const made = createSandbox({ registry, declaration: declarationOf(other), isolation: "none" });
    await expect(made).rejects.toMatchObject({ name: "SandboxError", code: "ERR_REGISTRY_MISMATCH" });
    const message = await made.then(String, (error: Error) => error.message);
    expect(message).toMatch(/added `greet`/);
    expect(message).toMatch(/removed `cache.get`/);
    expect(message).toMatch(/changed `db.query`/);
    expect(message).toMatch(/isobind generate/);
  });

  it("must be one that isobind wrote, and of a generated registry", async () => {
    await expect(checkDeclaration(registry, "declare const SecureExec: any;\n")).rejects.toMatchObject({
      code: "ERR_REGISTRY_MISMATCH",
    });
    await expect(
      checkDeclaration({ ...registry, digest: null }, declarationOf(registry)),
    ).rejects.toMatchObject({
      code: "ERR_REGISTRY_MISMATCH",
      message: expect.stringContaining("plain tree"),
    });
  });
});
