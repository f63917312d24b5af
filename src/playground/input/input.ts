/** The `input` of a script while it is written: what is wrong with it, what may stand at a place of it, and one that is made of its type. */
import { fromJsonForm, JsonFormError, toJsonForm, type Json } from "../../json-form/index.ts";
import { defaultKind } from "../../model/contract.ts";
import { readKind } from "../../model/pragma.ts";
import type { Registry, RegistryScript } from "../../model/registry.ts";
import { didYouMean } from "../../model/suggest.ts";
import { inputProblems } from "../../runtime/host/script-values.ts";
import { mockInput } from "../../testing/index.ts";
import { randomOf } from "../../testing/value/random.ts";
import { NoValue, Values } from "../../testing/value/value.ts";
import type { Core } from "../../validation/core.ts";
import { describeCore, describeType } from "../../validation/describe.ts";
import { Types, type Type } from "../../validation/types.ts";
import type { InputCompletions, InputFinding, JsonPath, ScriptText } from "../protocol.ts";
import { coresOf, pathOf, typesAt } from "./walk.ts";

/** `value`: `undefined` for an input that is not given. In the JSON form. */
export function checkInput(
  registry: Registry,
  text: ScriptText,
  value: Json | undefined,
): readonly InputFinding[] {
  let input: unknown;
  try {
    input = value === undefined ? undefined : fromJsonForm(value);
  } catch (error) {
    if (!(error instanceof JsonFormError)) throw error;
    return [{ path: stepsOf(error.path), severity: "error", message: error.message }];
  }
  const script = scriptOf(registry, text);
  if (script === null || script.input === null) return [];
  const wrong = inputProblems(script, registry, input).map(({ message, steps }): InputFinding => ({
    path: pathOf(value ?? null, steps),
    severity: "error",
    message,
  }));
  const types = new Types(registry.declarations);
  return [...wrong, ...undeclared(types, types.of(script.input), value ?? null, [])];
}

export function completeInput(registry: Registry, text: ScriptText, path: JsonPath): InputCompletions {
  const script = scriptOf(registry, text);
  if (script === null || script.input === null) return { keys: [], values: [] };
  const types = new Types(registry.declarations);
  const there = typesAt(types, types.of(script.input), path);
  const cores = there.flatMap((type) => coresOf(types, type));
  const keys = new Map<string, InputCompletions["keys"][number]>();
  for (const core of cores) {
    if (core.kind !== "object") continue;
    for (const { name, type, optional } of core.properties) {
      const said = describeType(types, type);
      const shown = optional ? said.replace(/ \| undefined$/u, "") : said;
      if (!keys.has(name)) keys.set(name, { name, type: shown, optional });
    }
  }
  const values = new Map<string, InputCompletions["values"][number]>();
  for (const value of [
    ...cores.flatMap((core) => spelled(types, core)),
    ...there.flatMap((type) => made(types, type)),
  ])
    if (!values.has(value.text)) values.set(value.text, value);
  return { keys: [...keys.values()], values: [...values.values()] };
}

/** An input of the type, made from a seed, in the JSON form; `null` where the definition says nothing of it. Throws words where none can be made. */
export function sampleInput(registry: Registry, text: ScriptText, seed: number): Json | null {
  const script = scriptOf(registry, text);
  if (script === null || script.input === null) return null;
  return toJsonForm(mockInput(registry, { kind: script.name, seed }));
}

function scriptOf({ scripts = [] }: Registry, { text }: ScriptText): RegistryScript | null {
  const kind = readKind(text)?.name ?? defaultKind;
  return scripts.find(({ name }) => name === kind) ?? null;
}

/** Properties that no type declares: the script does not get them, and a slip of the pen is one of them. */
function undeclared(types: Types, type: Type, value: Json, path: JsonPath): readonly InputFinding[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = (key: string | number, part: Json): readonly InputFinding[] => {
    const there = typesAt(types, type, [...path, key]);
    // Of several types each has its own parts: what one does not declare, another may.
    return there.length === 1 ? undeclared(types, there[0]!, part, []).map(below([...path, key])) : [];
  };
  if (Array.isArray(value)) return value.flatMap((part: Json, index) => inner(index, part));
  if ("$type" in value) return [];
  const cores = typesAt(types, type, path).flatMap((there) => coresOf(types, there));
  const objects = cores.filter((core) => core.kind === "object");
  if (objects.length === 0 || objects.length < cores.length || objects.some(({ index }) => index.length > 0))
    return [];
  const names = objects.flatMap(({ properties }) => properties.map(({ name }) => name));
  return Object.entries(value).flatMap(([key, part]): readonly InputFinding[] =>
    names.includes(key)
      ? inner(key, part as Json)
      : [
          {
            path: [...path, key],
            severity: "warning",
            message: `\`${key}\` is not declared, so the script does not get it.${didYouMean(key, names)}`,
          },
        ],
  );
}

const below =
  (path: JsonPath) =>
  (finding: InputFinding): InputFinding => ({ ...finding, path: [...path, ...finding.path] });

type Spelled = InputCompletions["values"][number];

/** The ways to write a value of a core that are few. */
function spelled(types: Types, core: Core): readonly Spelled[] {
  const type = describeCore(types, core);
  const of = (value: unknown): Spelled => {
    const text = JSON.stringify(toJsonForm(value));
    return { label: typeof value === "object" || typeof value === "bigint" ? type : text, text, type };
  };
  switch (core.kind) {
    case "literal":
      return [of(core.type === "bigint" ? BigInt(core.value) : core.value)];
    case "primitive":
      if (core.name === "boolean") return [of(true), of(false)];
      return core.name === "null" ? [of(null)] : [];
    // More than can be listed, or more than a word.
    case "anything":
    case "never":
    case "nonprimitive":
    case "template":
    case "cased":
    case "array":
    case "tuple":
    case "object":
    case "map":
    case "set":
    case "builtin":
    case "error":
    case "union":
    case "every":
      return [];
  }
}

/** A value of the whole type, for what takes more than a word to write. */
function made(types: Types, type: Type): readonly Spelled[] {
  const isLong = coresOf(types, type).some(
    ({ kind, ...core }) =>
      !["literal", "anything", "never"].includes(kind) &&
      !(kind === "primitive" && "name" in core && ["boolean", "null", "undefined"].includes(core.name)),
  );
  if (!isLong) return [];
  try {
    const value = new Values(types).make(type, "input", randomOf(`0 input ${type.id}`));
    const name = describeType(types, type);
    return [{ label: `fill in ${name}`, text: JSON.stringify(toJsonForm(value), null, 2), type: name }];
  } catch (error) {
    if (error instanceof NoValue) return [];
    throw error;
  }
}

/** `/rows/0` → `["rows", 0]`. */
function stepsOf(pointer: string): JsonPath {
  if (pointer === "") return [];
  return pointer
    .slice(1)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((step) => (/^\d+$/u.test(step) ? Number(step) : step));
}
