/**
 * Collects the constants that validators share: long texts, lists of keys, templates and shapes. Each is written once, above the
 * functions.
 */
import { shapeData } from "../../../model/file/serialize.ts";
import type { CoreOf, CoreProperty } from "../../../validation/core.ts";
import type { Type, Types } from "../../../validation/types.ts";
import { quoted } from "../../escape/string.ts";
import { print, group, indent, line } from "../../print/doc.ts";
import { typescriptText, type Data } from "../../print/data.ts";
import { widthOf } from "../../print/width.ts";
import { bareData } from "../bare-data.ts";
import { closedShape } from "./closed-shape.ts";
import { templateDoc } from "./slot.ts";
import { literalText } from "./test.ts";

/** Longer texts are named, so that no line of code needs breaking. */
const longestText = 24;

export class Constants {
  readonly #types: Types;
  readonly #names = new Map<string, string>();
  readonly #declared: { readonly name: string; readonly lines: readonly string[] }[] = [];

  constructor(types: Types) {
    this.#types = types;
  }

  /** The declarations of the constants in use, in the order in which they were asked for. */
  lines(used: ReadonlySet<string>): readonly string[] {
    return this.#declared.flatMap(({ name, lines }) => (used.has(name) ? lines : []));
  }

  /** A string in an expression: itself, or the name of a constant. */
  text(value: string): string {
    return this.#short(quoted(value));
  }

  literal(core: CoreOf<"literal">): string {
    return this.#short(literalText(core));
  }

  #short(literal: string): string {
    if (widthOf(literal) <= longestText) return literal;
    return this.#named("long", literal, (name) =>
      print(group([`const ${name} =`, indent([line, literal]), ";"])),
    );
  }

  keys(properties: readonly CoreProperty[]): string {
    const names = properties.map(({ name }) => name);
    if (names.length === 0)
      return this.#named("none", "", (name) => `const ${name}: readonly string[] = [];`);
    return this.#data("keys", names);
  }

  shape(type: Type): string {
    return this.#data("shape", bareData(shapeData(closedShape(this.#types, type))), " as const;");
  }

  /** The name of a function that tells whether a value fits a template. */
  template(texts: readonly string[], slots: readonly Type[]): string {
    const doc = templateDoc(this.#types, texts, slots);
    return this.#named("fits", print(doc, Infinity), (name) => print([`const ${name} = `, doc, ";"]));
  }

  #data(stem: string, data: Data, end = ";"): string {
    return this.#named(stem, typescriptText("", data, ""), (name) =>
      typescriptText(`const ${name} = `, data, end),
    );
  }

  #named(stem: string, key: string, declare: (name: string) => string): string {
    const full = `${stem} ${key}`;
    let name = this.#names.get(full);
    if (name === undefined) {
      name = `${stem}${[...this.#names.keys()].filter((known) => known.startsWith(`${stem} `)).length + 1}`;
      this.#names.set(full, name);
      this.#declared.push({ name, lines: declare(name).split("\n") });
    }
    return name;
  }
}
