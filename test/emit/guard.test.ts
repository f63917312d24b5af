/**
 * Nothing a definition contains becomes code. Hostile texts are put into every sink, outputs are parsed by a compiler and
 * compared with what may be there; and the guard of the emitter itself refuses each escape it is shown.
 */
import { ts } from "@ts-morph/common";
import { describe, expect, it } from "vitest";
import type { Contract } from "../../src/model/contract.ts";
import { emit } from "../../src/emit/emit.ts";
import {
  guardContractJson,
  guardDeclaration,
  guardMemory,
  guardRegistry,
} from "../../src/emit/guard/guard.ts";
import {
  alias,
  array,
  contract,
  doc,
  element,
  error,
  index,
  interfaceOf,
  leaf,
  literal,
  number,
  object,
  parameter,
  ref,
  string,
  template,
  tuple,
  union,
} from "./build.ts";

const payloads = [
  "*/ declare const evil: 1; /*",
  "*\\/ evil /*",
  '"; evil(); //',
  "'; evil(); //",
  "`; evil(); //",
  "${evil()}",
  "\\`${evil()}",
  '\\"; evil(); //',
  "\\",
  "\r\nevil();\r\n",
  "\u2028evil();\u2029",
  "\u202eevil\u202c",
  "\ufeffevil",
  "\u200b\u200d\u2060",
  "\ud800",
  "\udc00evil",
  "__proto__",
  "constructor",
  "}; evil(); const x = {",
  "]: evil; [",
  "evil(): void; x",
  "<!-- evil",
  "// @ts-nocheck",
  "@ts-ignore",
  "\0",
  "\u{e0001}\u{1f600}",
  "a".repeat(500),
];

/** A contract with a text in every place that takes free text. */
function everywhere(text: string): Contract {
  const documentation = doc(
    text,
    { name: text.replace(/\s/gu, ""), text },
    { name: "param", parameter: text, text },
    { name: "throws", type: text, text },
    { name: "example", text: `${text}\n${text}` },
  );
  const shape = object({ [text === "__proto__" ? "proto" : text]: literal(text), "inner?": array(string) }, [
    index(template([text, text], string), number),
  ]);
  return contract(
    {
      ns: {
        f: leaf(
          [
            parameter(text, shape),
            union(literal(text), literal(`${text}2`)),
            template([text, text], string),
            tuple(element(string, "one", text)),
          ],
          ref("Named"),
          {
            doc: documentation,
            throws: [
              { name: "EvilError", shape: error("Error", { [text]: literal(text) }), description: text },
            ],
          },
        ),
      },
    },
    [interfaceOf("Named", shape, [], documentation), alias("Other", literal(text), [], documentation)],
    "contract",
    documentation,
  );
}

const options = { definitionImport: "../bindings.ts", excessProperties: "refuse" } as const;

/** Every kind of node that a declaration may hold. */
const declarationKinds = new Set(
  [
    "SourceFile VariableStatement VariableDeclarationList VariableDeclaration DeclareKeyword ReadonlyKeyword Identifier",
    "ModuleDeclaration ModuleBlock InterfaceDeclaration TypeAliasDeclaration HeritageClause ExpressionWithTypeArguments",
    "TypeLiteral PropertySignature CallSignature IndexSignature Parameter TypeParameter TypeReference QualifiedName",
    "UnionType IntersectionType ArrayType TupleType NamedTupleMember OptionalType RestType TypeOperator ParenthesizedType",
    "LiteralType StringLiteral NumericLiteral BigIntLiteral TrueKeyword FalseKeyword NullKeyword PrefixUnaryExpression",
    "TemplateLiteralType TemplateLiteralTypeSpan TemplateHead TemplateMiddle TemplateTail NoSubstitutionTemplateLiteral",
    "StringKeyword NumberKeyword BooleanKeyword BigIntKeyword UnknownKeyword AnyKeyword NeverKeyword VoidKeyword",
    "UndefinedKeyword ObjectKeyword",
  ]
    .join(" ")
    .split(" "),
);

const registryKinds = new Set([
  ...declarationKinds,
  ..."ImportDeclaration ImportClause NamedImports ImportSpecifier TypeKeyword ExportKeyword ExportAssignment".split(
    " ",
  ),
  ..."ObjectLiteralExpression ArrayLiteralExpression PropertyAssignment FunctionDeclaration Block ReturnStatement".split(
    " ",
  ),
  ..."IfStatement ForStatement ForInStatement ForOfStatement SwitchStatement CaseBlock CaseClause DefaultClause".split(
    " ",
  ),
  ..."ContinueStatement ExpressionStatement BinaryExpression CallExpression ElementAccessExpression AsExpression".split(
    " ",
  ),
  ..."PropertyAccessExpression TypeOfExpression PostfixUnaryExpression ArrayBindingPattern BindingElement".split(
    " ",
  ),
  ..."ParenthesizedExpression ConditionalType InferType FunctionType IndexedAccessType ConstKeyword".split(
    " ",
  ),
]);

function kindsOf(name: string, text: string): { kinds: Set<string>; names: Set<string>; errors: number } {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const kinds = new Set<string>();
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    const kind = kindNames.get(node.kind) ?? "Unknown";
    // Punctuation belongs to its node.
    if (!kind.endsWith("Token")) kinds.add(kind);
    if (ts.isIdentifier(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: readonly unknown[] };
  return { kinds, names, errors: parseDiagnostics.length };
}

/** Kinds by their own names; the first and last of a range have a second one. */
const kindNames = new Map(
  Object.entries(ts.SyntaxKind).flatMap(([name, kind]): [number, string][] =>
    typeof kind === "number" && !/^(?:First|Last)[A-Z]/u.test(name) ? [[kind, name]] : [],
  ),
);

describe("emitted text", () => {
  for (const payload of payloads) {
    it(`holds ${JSON.stringify(payload).slice(0, 40)} as text only`, () => {
      for (const style of ["contract", "implementation"] as const) {
        const files = emit({ ...everywhere(payload), style }, options);
        for (const { name, text } of files) {
          expect(text).not.toMatch(
            /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u,
          );
          expect(text.isWellFormed()).toBe(true);
          if (name === "contract.json") continue;
          const { kinds, names, errors } = kindsOf(name, text);
          expect(errors).toBe(0);
          const allowed = name === "registry.ts" ? registryKinds : declarationKinds;
          expect([...kinds].filter((kind) => !allowed.has(kind))).toEqual([]);
          expect([...names].filter((found) => found === "evil")).toEqual([]);
        }
      }
    });
  }
});

describe("the guard", () => {
  const plain = contract({ f: leaf([object({ id: string })], ref("Named")) }, [
    interfaceOf("Named", object({ a: string })),
  ]);
  const [registry, declaration, json] = emit(plain, options).map(({ text }) => text) as [
    string,
    string,
    string,
  ];

  it("lets through what was emitted", () => {
    expect(guardRegistry(registry, plain)).toBe(registry);
    expect(guardDeclaration(declaration, plain)).toBe(declaration);
    expect(guardContractJson(json, plain)).toBe(json);
  });

  const escapes: readonly [string, string][] = [
    ["a second global", "\ndeclare const SecureExec: {};\n"],
    ["a word nobody wrote", "\ninterface evil {}\n"],
    ["an unbalanced bracket", "\n}\n"],
    ["a string that does not end", '\n"\n'],
    ["a template that does not end", "\n`\n"],
    ["an invisible character", "\n// \u200e\n"],
    ["a line separator", "\n// \u2028\n"],
    ["a character of no language", "\n#\n"],
  ];
  for (const [what, added] of escapes) {
    it(`refuses a declaration with ${what}`, () => {
      expect(() => guardDeclaration(declaration + added, plain)).toThrow(/nothing was written/u);
    });

    it(`refuses a declaration with ${what} again behind one that it let through`, () => {
      const memory = guardMemory();
      guardDeclaration(declaration, plain, memory);
      for (const turn of [1, 2]) {
        expect(() => guardDeclaration(declaration + added, plain, memory), `${turn}`).toThrow(
          /nothing was written/u,
        );
      }
    });
  }

  it("refuses a registry that does more than it should", () => {
    for (const added of [
      'import evil from "node:fs";\n',
      "eval(contract);\n",
      "contract();\n",
      "export const registry2 = registry;\n",
      "globalThis.process.exit();\n",
      'if (registry) { registry["constructor"]("evil")(); }\n',
    ]) {
      expect(() => guardRegistry(registry + added, plain), added).toThrow(/nothing was written/u);
    }
  });

  it("refuses a contract.json that says something else", () => {
    expect(() => guardContractJson(json.replace('"id"', '"ids"'), plain)).toThrow(/other data/u);
  });
});
