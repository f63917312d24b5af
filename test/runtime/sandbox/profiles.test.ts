/**
 * A registry of a profile in a real isolate: what is outside of it is there as an explanation, in the same words as in the
 * declaration, and there is no way from it to a host function.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { defineRegistry } from "../../../src/registry/define-registry.ts";
import type { Registry, RegistryContract } from "../../../src/model/registry.ts";
import { generate } from "../../../src/generator/generate.ts";
import { typecheckScripts } from "../../../src/scripts/typecheck/typecheck.ts";
import { createSandbox } from "../../../src/runtime/index.ts";
import { toBindingTree } from "../../../src/secure-exec/binding-tree.ts";

const repository = join(import.meta.dirname, "../../..");
let folder = "";
/** What the host was asked to do. */
const calls: string[] = [];
const called =
  (name: string, result?: unknown) =>
  (...args: unknown[]) => {
    calls.push(`${name}(${args.map(String).join()})`);
    return result;
  };
const functions = {
  plan: called("plan", "a plan"),
  db: {
    query: called("db.query", Promise.resolve([])),
    insert: called("db.insert", Promise.resolve(undefined)),
    drop: called("db.drop", Promise.resolve(undefined)),
  },
  system: { repair: called("system.repair", 1), report: called("system.report", "fine") },
};

beforeAll(async () => {
  mkdirSync(join(repository, ".cache/test"), { recursive: true });
  folder = mkdtempSync(join(repository, ".cache/test/profiles-"));
  for (const name of ["bindings.ts", "outside.ts", "script.ts"])
    cpSync(join(repository, "fixtures/profiles", name), join(folder, name));
  const { ok, diagnostics } = await generate(
    { definition: "./bindings.ts", profiles: ["admin", "free", "pro"] },
    { cwd: folder },
  );
  expect(diagnostics).toEqual([]);
  expect(ok).toBe(true);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string): string => readFileSync(join(folder, name), "utf8");
const declarationOf = (profile: string): string => file(`generated/${profile}/secure-exec.d.ts`);

/** The table of a generated registry: its own `createRegistry` is called by the samples of the documentation. */
async function registryOf(profile: string, given: object = functions): Promise<Registry> {
  const path = join(folder, "generated", profile, "registry.ts");
  // The sources' own `isobind/registry`: what this shows must not depend on whether the repository has been built.
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.replace('"isobind/registry"', '"../../../../../src/registry/index.ts"'));
  const url = pathToFileURL(path).href;
  const { createRegistry } = (await import(/* @vite-ignore */ url)) as {
    createRegistry: (bindings: object) => Registry;
  };
  return createRegistry(given);
}

const outside = (name: string, profile: string, others: string): string =>
  `\`${name}\` is not in the profile \`${profile}\`; it is in ${others}.`;

describe.each(["none", "process"] as const)('isolation: "%s"', (isolation) => {
  const run = async (profile: string, source: string) => {
    const registry = await registryOf(profile);
    await using sandbox = await createSandbox({ registry, declaration: declarationOf(profile), isolation });
    calls.length = 0;
    return await sandbox.run(source, { filename: "script.ts" });
  };

  it("runs what the profile has", async () => {
    expect(await run("pro", file("script.ts"))).toMatchObject({
      status: "ok",
      exports: { default: "a plan: 0 rows" },
    });
    expect(calls).toEqual(["db.insert(orders,[object Object])", "db.query(orders)", "plan()"]);
  });

  it("refuses what it has not, as its declaration and `typecheck` do, without a host call", async () => {
    const result = await run("pro", file("outside.ts"));
    const message = outside("db.drop", "pro", "`admin`");
    expect(result).toMatchObject({
      status: "error",
      error: { name: "TypeError", message, code: "ERR_BINDING_PROFILE" },
      stats: { calls: 0 },
    });
    expect(calls).toEqual([]);
    expect(declarationOf("pro")).toContain(`@deprecated ${message}\n`);
    const scripts = [{ file: "outside.ts", text: file("outside.ts") }];
    expect(typecheckScripts(scripts, declarationOf("pro")).map((one) => one.message)).toEqual([message]);
    expect(typecheckScripts(scripts, declarationOf("admin"))).toEqual([]);
    expect((await run("admin", file("outside.ts"))).status).toBe("ok");
    expect(calls).toEqual(["db.drop(orders)"]);
  });

  it("throws for synchronous leaves, rejects for asynchronous ones, in the guest's own realm", async () => {
    const { status, exports } = (await run(
      "free",
      `const { db, system } = SecureExec.bindings;
       const seen = [];
       try { system.repair(); } catch (error) { seen.push(error); }
       try { system.report(); } catch (error) { seen.push(error); }
       const promise = db.insert({ toString() { throw 1; } });
       await promise.catch((error) => seen.push(error));
       export const facts = seen.map((error) => [
         error.constructor === TypeError, error.code, error.message, error.stack.split("\\n").length > 1, /isobind/.test(error.stack),
       ]);
       export const shape = [
         promise instanceof Promise, Object.isFrozen(db.insert), Object.isFrozen(system), Object.getPrototypeOf(system),
         typeof db.insert, db.insert.name, Object.keys(db), Object.keys(SecureExec.bindings), "prototype" in db.drop,
       ];`,
    )) as unknown as { status: string; exports: { facts: unknown; shape: unknown } };
    expect(status).toBe("ok");
    const fact = (name: string, others: string) => [
      true,
      "ERR_BINDING_PROFILE",
      outside(name, "free", others),
      true,
      false,
    ];
    expect(exports.facts).toEqual([
      fact("system.repair", "`admin`"),
      fact("system.report", "`admin`"),
      fact("db.insert", "`admin` and `pro`"),
    ]);
    expect(exports.shape).toEqual([
      true,
      true,
      true,
      null,
      "function",
      "insert",
      ["query", "insert", "drop"],
      ["db", "plan", "system"],
      false,
    ]);
    expect(calls).toEqual([]);
  });

  it("keeps the explanation from what a script did to its own errors and promises", async () => {
    const result = await run(
      "pro",
      `TypeError.prototype.constructor = Error; Promise.prototype.then = () => { throw 1; };
       Object.defineProperty(Object.prototype, "code", { get: () => "mine", set() {} });
       try { SecureExec.bindings.system.repair(); } catch (error) { export_(error); }
       function export_(error) { globalThis.found = [error.code, error.message]; }
       export default globalThis.found;`,
    );
    expect(result).toMatchObject({
      exports: { default: ["ERR_BINDING_PROFILE", outside("system.repair", "pro", "`admin`")] },
    });
  });
});

describe("a registry of a profile", () => {
  it("holds no function that is outside of it", async () => {
    const registry = await registryOf("free");
    const held = new Set<unknown>();
    const walk = (value: unknown): void => {
      if ((typeof value !== "object" && typeof value !== "function") || value === null || held.has(value))
        return;
      held.add(value);
      for (const key of Reflect.ownKeys(value)) walk(Reflect.get(value, key));
    };
    walk(registry);
    expect(held.has(functions.db.query)).toBe(true);
    for (const gone of [functions.db.insert, functions.db.drop, functions.system.repair, functions.system])
      expect(held.has(gone)).toBe(false);
    expect(registry.leaves.map(({ name }) => name)).toEqual(["plan", "db.query"]);
    expect(registry.profile).toBe("free");
    expect(registry.namespaces).toEqual([[], ["db"]]);
  });

  it("never reads what is outside of it, and does not need it", async () => {
    const trap = vi.fn();
    const given = {
      plan: functions.plan,
      db: {
        query: functions.db.query,
        get drop() {
          return trap();
        },
      },
      get system() {
        return trap();
      },
    };
    expect((await registryOf("free", given)).leaves).toHaveLength(2);
    expect(trap).not.toHaveBeenCalled();
  });

  it("still wants its own part, and refuses what no profile has", async () => {
    await expect(registryOf("pro", { plan: functions.plan, db: {} })).rejects.toThrow(
      /leaf-missing.*db\.query/s,
    );
    const given = { ...functions, db: { ...functions.db, other: () => 1 } };
    await expect(registryOf("pro", given)).rejects.toThrow(/leaf-undeclared.*db\.other/s);
  });

  it("is refused with another profile's declaration, and says which", async () => {
    const registry = await registryOf("pro");
    const made = createSandbox({ registry, declaration: declarationOf("free"), isolation: "none" });
    await expect(made).rejects.toMatchObject({ code: "ERR_REGISTRY_MISMATCH" });
    await expect(made).rejects.toThrow("the profile `pro` instead of the profile `free`; added `db.insert`");
    const whole = createSandbox({
      registry,
      declaration: file("generated/secure-exec.d.ts"),
      isolation: "none",
    });
    await expect(whole).rejects.toThrow("the profile `pro` instead of no profile; removed `db.drop`");
  });

  it("explains itself in the tree for secure-exec too", async () => {
    const tree = toBindingTree(await registryOf("pro")) as { system: { repair: () => unknown } };
    expect(() => tree.system.repair()).toThrow(outside("system.repair", "pro", "`admin`"));
  });

  it("skips only what is excluded, with a table made by hand", () => {
    const contract: RegistryContract = {
      digest: "sha256-0",
      excessProperties: "refuse",
      declarations: [],
      leaves: [],
      profile: "pro",
      excluded: [{ path: ["a", "b"], mode: "sync", message: "no" }],
    };
    expect(defineRegistry({ a: { b: () => 1 } }, contract).leaves).toEqual([]);
    expect(() => defineRegistry({ c: () => 1 }, contract)).toThrow(/leaf-undeclared/);
  });
});

it('knows its profile with placement: "worker" too', async () => {
  await registryOf("pro"); // its registry.ts imports the sources from here on
  const host = join(folder, "placed.ts");
  const bindings =
    "{ plan: () => 'a plan', db: { query: async () => [], insert: async () => undefined, drop: async () => undefined }, " +
    "system: { repair: () => 1, report: () => 'fine' } }";
  writeFileSync(
    host,
    `import { createRegistry } from "./generated/pro/registry.ts";\nexport default createRegistry(${bindings} as never);\n`,
  );
  await using sandbox = await createSandbox({
    placement: "worker",
    registryModule: pathToFileURL(host),
    declaration: declarationOf("pro"),
    workers: 1,
  });
  expect(await sandbox.run(file("script.ts"), { filename: "script.ts" })).toMatchObject({
    status: "ok",
    exports: { default: "a plan: 0 rows" },
  });
  expect(await sandbox.run(file("outside.ts"), { filename: "outside.ts" })).toMatchObject({
    status: "error",
    error: { message: outside("db.drop", "pro", "`admin`"), code: "ERR_BINDING_PROFILE" },
    stats: { calls: 0 },
  });
  const mismatched = createSandbox({
    placement: "worker",
    registryModule: pathToFileURL(host),
    declaration: declarationOf("admin"),
    workers: 1,
  });
  await expect(mismatched).rejects.toMatchObject({ code: "ERR_REGISTRY_MISMATCH" });
});
