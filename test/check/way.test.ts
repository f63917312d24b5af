/** A finding inside a type of a package names how a binding comes to it, and what to leave out. */
import { describe, expect, it } from "vitest";
import { check } from "../../src/check/check.ts";
import { readFiles } from "../read/shown.ts";

const library = `
export interface Options { readonly request?: { readonly signal: AbortSignal }; readonly log: Logger; readonly extra: any }
export interface Logger { info: () => void }
export interface Bag { [name: string]: unknown; readonly signal: AbortSignal }
export interface Box<T> { readonly value: T; readonly signal: AbortSignal }`;

/** Message and help of each finding, by its code. */
function findings(bindings: string): readonly (readonly [code: string, message: string, help: string])[] {
  const { contract } = readFiles({
    "bindings.ts": `import type { Bag, Box, Options } from "lib";\n${bindings}`,
    "node_modules/lib/package.json": `{ "name": "lib", "version": "1.0.0", "types": "index.d.ts" }`,
    "node_modules/lib/index.d.ts": library,
  });
  return check(contract!, { maxDepth: 8, maxLeaves: 1_000 }).map(
    ({ code, message, help }) => [code, message, help ?? ""] as const,
  );
}

const said = (bindings: string): string =>
  findings(bindings)
    .map(([, message, help]) => `${message} ${help}`)
    .join("\n");

describe("a finding inside a package's type", () => {
  it("names the argument it is reached from, also through another type of the package", () => {
    const text = said("export interface Bindings { list(options: Options): void }");
    expect(text).toContain("In `Options.request.signal` (the argument `options.request.signal` of `list`), ");
    expect(text).toContain(
      'Where `request` is not needed, write `Omit<Options, "request">` in place of `Options`.',
    );
    expect(text).toContain("In `Logger.info` (the argument `options.log.info` of `list`), ");
    expect(text).toContain('write `Omit<Options, "log">` in place of `Options`.');
    expect(text).toContain("`Options.extra` (the argument `options.extra` of `list`)");
  });

  it("names what is left out where the author has named the type, inside a type of their own", () => {
    const own = "interface Mine { inner: Options[] }";
    const text = said(`${own}\nexport interface Bindings { all(): Promise<Mine> }`);
    expect(text).toContain(
      "In `Options.request.signal` (`.inner[].request.signal` of the result of `all`), ",
    );
    expect(text).toContain('write `Omit<Options, "request">` in place of `Options`.');
  });

  it("asks for what is needed of a type with an index signature, of which `Omit` leaves no names", () => {
    const text = said("export interface Bindings { put(bag: Bag): void }");
    expect(text).toContain("Where `signal` is not needed, name what is: `Pick<Bag, …>` in place of `Bag`.");
  });

  it("has a type with parameters be given them", () => {
    const text = said("export interface Bindings { put(box: Box<string>): void }");
    expect(text).toContain('write `Omit<Box<…>, "signal">` in place of `Box<…>`.');
  });

  it("is none any more when that is written", () => {
    const way =
      'export interface Bindings { list(options: Omit<Options, "request" | "log" | "extra">): void }';
    expect(findings(way)).toEqual([]);
    expect(
      findings('export interface Bindings { put(bag: Box<string>, x: Omit<Box<string>, "signal">): void }'),
    ).toHaveLength(1);
  });
});

it("a finding in a type of one's own names the type and who uses it, as its line is there", () => {
  const text = said(
    "interface Mine { run: () => void }\nexport interface Bindings { put(mine: Mine): void }",
  );
  expect(text).toContain("In `Mine.run`, which `put` uses, ");
  expect(text).not.toContain("Omit");
});
