/**
 * Makes the files of a package for the people who write scripts: what they need of a contract, and nothing of its host. Pure: the texts that
 * come from elsewhere are given.
 */
import { formatHtmlPage, formatMarkdownPage, pageOf } from "../docs/index.ts";
import { kindDeclaration, kindsApart } from "../library/kinds.ts";
import { kindInputName, libraryName, packedTsconfig } from "../library/names.ts";
import { kindTsconfig } from "../library/tsconfig.ts";
import type { Contract } from "../model/contract.ts";
import type { Json } from "../model/json.ts";
import { manifestText } from "./manifest.ts";
import { readmeText } from "./readme.ts";
import { testingModule, testingTypes } from "./testing-entry.ts";

export interface PackInput {
  readonly name: string;
  readonly version: string;
  /** The heading of README and reference. */
  readonly title: string;
  /** Fields of `package.json` that are the publisher's: license, repository, publishConfig. */
  readonly manifest?: Readonly<Record<string, Json>>;
  readonly contract: Contract;
  readonly texts: {
    readonly contract: string;
    readonly declaration: string;
    readonly library: string;
    readonly tsconfig: string;
    /** The module of mocks, which imports nothing but Node. */
    readonly mocks: string;
  };
  readonly examples: readonly PackedExample[];
  /** The published contract, for what is new in the reference. */
  readonly before?: { readonly contract: Contract; readonly since: string };
}

export interface PackedExample {
  /** `examples/orders.find.ts` */
  readonly file: string;
  readonly title: string;
  readonly text: string;
}

export interface PackedFile {
  /** Relative to the package, with `/`. */
  readonly name: string;
  readonly text: string;
}

export function packageFiles(input: PackInput): readonly PackedFile[] {
  const { contract, texts, title, before, examples } = input;
  const page = pageOf(contract, { title, ...(before !== undefined && { before }) });
  const files: readonly PackedFile[] = [
    { name: "README.md", text: readmeText(input) },
    { name: "index.js", text: indexModule },
    { name: "index.d.ts", text: indexTypes },
    { name: "secure-exec.d.ts", text: texts.declaration },
    { name: libraryName, text: texts.library },
    { name: "tsconfig.json", text: texts.tsconfig },
    ...kindsApart(contract.scripts ?? []).flatMap((kind) => [
      { name: packedTsconfig(kind.name), text: kindTsconfig(kind.name, undefined, "tsconfig.json") },
      { name: kindInputName(kind.name), text: kindDeclaration(kind) },
    ]),
    { name: "contract.json", text: texts.contract },
    { name: "testing.js", text: testingModule },
    { name: "testing.d.ts", text: testingTypes(contract.globals !== undefined) },
    { name: "mocks.js", text: texts.mocks },
    { name: "reference.md", text: formatMarkdownPage(page) },
    { name: "reference.html", text: formatHtmlPage(page) },
    ...examples.map(({ file, text }) => ({ name: file, text })),
  ];
  const manifest = manifestText(
    input,
    files.map(({ name }) => name),
  );
  return [{ name: "package.json", text: manifest }, ...files];
}

const indexModule = `import { readFileSync } from "node:fs";

/** What scripts may call, as data: what tools of isobind read. */
export const contract = JSON.parse(readFileSync(new URL("./contract.json", import.meta.url), "utf8"));

/** Identifies the contract: for a script's line \`// @contract …\`. */
export const digest = contract.digest;
`;

const indexTypes = `/// <reference path="./secure-exec.d.ts" />

/** What scripts may call, as data: what tools of isobind read. */
export declare const contract: object;

/** Identifies the contract: for a script's line \`// @contract …\`. */
export declare const digest: string;
`;
