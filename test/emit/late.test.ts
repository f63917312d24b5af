/**
 * A built-in that the library of ES2023 lacks is declared by the declaration itself: scripts compile by that library, and by
 * one that has the type it is that type.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emitDeclaration } from "../../src/emit/declaration/declaration.ts";
import { alias, contract } from "./build.ts";
import { compile, compilers, type Compiler } from "./compile.ts";

const fixtures = join(import.meta.dirname, "../../fixtures/valid");
const declarationOf = (name: string): string =>
  readFileSync(join(fixtures, name, "expected/secure-exec.d.ts"), "utf8");

interface Script {
  /** Those whose newest library has the type; all when absent. */
  readonly compilers?: readonly Compiler[];
  readonly anywhere: string;
  readonly withType: string;
}

/** What a script may do with a type, whatever its library. */
const scripts: Readonly<Record<string, Script>> = {
  "shape-temporal": {
    compilers: ["6.0", "7.0"],
    anywhere: `
      const { bindings } = SecureExec;
      const now = bindings.now();
      export const text: string = now.toString() + JSON.stringify(now);
      export const tag: "Temporal.Instant" = now[Symbol.toStringTag];
      export const slot: SecureExec.Slot = { start: now };
      export const again: SecureExec.Temporal.Instant = slot.start;
      const [first] = bindings.opening(null as never);
      // @ts-expect-error Another class.
      slot.start = first!.day;
      // @ts-expect-error Its text.
      slot.start = "2026-01-01T00:00:00Z";
    `,
    withType: `
      const from = Temporal.ZonedDateTime.from("2026-01-01T00:00[UTC]");
      export const slot = await SecureExec.bindings.book(from, Temporal.Duration.from({ hours: 1 }));
      export const end: Temporal.Instant = slot.start.add({ hours: 1 });
    `,
  },
  "shape-float16": {
    anywhere: `
      const { bindings } = SecureExec;
      const vector = await bindings.embed("text");
      export const first: number = vector[0]! + vector.length;
      for (const weight of vector) weight.toFixed();
      bindings.nearest(vector, [vector, vector.slice(1)]);
      export const tag: "Float16Array" = vector[Symbol.toStringTag];
      // @ts-expect-error Another typed array.
      bindings.nearest(new Float32Array(1));
      // @ts-expect-error No typed array.
      bindings.nearest([1]);
    `,
    withType: `
      SecureExec.bindings.nearest(new Float16Array(2));
      export const vector: Float16Array = await SecureExec.bindings.embed("text");
    `,
  },
};

describe.each(Object.entries(scripts))(
  "%s",
  (name, { anywhere, withType, compilers: knowing = compilers }) => {
    const files = { "secure-exec.d.ts": declarationOf(name), "anywhere.ts": anywhere };
    it.each(compilers)(
      "serves a script by the libraries of ES2023 and ES2024 on TypeScript %s",
      async (compiler) => {
        expect(await compile(compiler, files, { target: "es2024" })).toBe("");
        expect(await compile(compiler, files, { target: "es2024", lib: ["es2024"] })).toBe("");
      },
    );

    it.each(knowing)("is the type of a library that has it on TypeScript %s", async (compiler) => {
      const both = { ...files, "with-type.ts": withType };
      expect(await compile(compiler, both, { target: "es2024", lib: ["esnext"] })).toBe("");
      expect(await compile(compiler, both, { target: "es2024" })).not.toBe("");
    });
  },
);

it("stands beside a declaration of its name", () => {
  const text = emitDeclaration(
    contract({}, [
      alias("Float16Array", {
        kind: "array",
        readonly: false,
        element: { kind: "builtin", name: "Float16Array" },
      }),
    ]),
  );
  expect(text).toContain("type Float16Array = Float16Array_2[];");
  expect(text).toContain("type Float16Array_2 = typeof globalThis extends {");
});
