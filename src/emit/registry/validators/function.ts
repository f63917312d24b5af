/**
 * Writes the code of one validator: straight-line checks that return `false` at the first mismatch. One kind of type, one
 * function, and those of larger kinds in a file of their own.
 */
import { validatorDepth } from "../../../model/limits.ts";
import type { Type } from "../../../validation/types.ts";
import { arrayBody, tupleBody } from "./array.ts";
import { mapBody, setBody } from "./collection.ts";
import type { Constants } from "./constants.ts";
import { indented, testOf, type Context, type Lines } from "./context.ts";
import { errorBody } from "./error.ts";
import { usesName } from "./imports.ts";
import { objectBody } from "./object.ts";
import { isInterpreted, type Plan, type Planned } from "./plan.ts";
import { casedText, coreTest } from "./test.ts";
import { unionBody } from "./union.ts";

export function functionLines(planned: Planned, plan: Plan, constants: Constants): Lines {
  const context: Context = { plan, constants, depth: { same: "d", next: "d + 1" } };
  const checks = body(planned.type, context);
  // A body that hands no depth on looks at no part of its own type, and needs no bounds.
  const bounds = [
    ...(planned.pays && (!planned.isRecursive || usesName(checks, "d")) ? ["--fuel < 0"] : []),
    ...(planned.isRecursive && usesName(checks, "d") ? [`d > ${validatorDepth}`] : []),
  ];
  const guard = bounds.length > 0 ? [`if (${bounds.join(" || ")}) return spent();`] : [];
  const lines = [...guard, ...checks];
  const parameters = [
    `${usesName(lines, "v") ? "v" : "_v"}: unknown`,
    ...(planned.takesDepth ? [`${usesName(lines, "d") ? "d" : "_d"}: number`] : []),
  ];
  return [`function ${planned.name}(${parameters.join(", ")}): boolean {`, ...indented(lines), "}"];
}

function body(type: Type, context: Context): Lines {
  const { types } = context.plan;
  if (isInterpreted(types, type)) return interpretedBody(type, context);
  const core = types.core(type);
  switch (core.kind) {
    case "object":
      return objectBody(core, context);
    case "array":
      return arrayBody(core.element, context);
    case "tuple":
      return tupleBody(core.elements, context);
    case "map":
      return mapBody(core.key, core.value, context);
    case "set":
      return setBody(core.element, context);
    case "error":
      return errorBody(core, context);
    case "union":
      return unionBody(core.members, context);
    case "template":
      return [`return ${context.constants.template(core.texts, core.slots)}(v);`];
    case "cased":
      return [`return ${casedText(core, "v")} && ${testOf(core.base, "v", context).yes};`];
    case "literal":
      return [`return v === ${context.constants.literal(core)};`];
    case "every":
    case "anything":
    case "never":
    case "primitive":
    case "nonprimitive":
    case "builtin": {
      // A type that needs a function although its test is an expression: a named one that counts depth.
      return [`return ${coreTest(types, core, "v")?.yes ?? "false"};`];
    }
  }
}

function interpretedBody(type: Type, { plan, constants }: Context): Lines {
  return [
    `const left = matches(v, ${constants.shape(type)}, declarations, "${plan.excess}", fuel);`,
    "if (left >= 0) fuel = left;",
    "return left >= 0;",
  ];
}
