/**
 * Writes as code what one slot of a template literal type takes: `anyText`, `oneOf("a", "b")`, `either(…)`.
 */
import type { Structure } from "../../../model/shape.ts";
import type { Type, Types } from "../../../validation/types.ts";
import { quoted } from "../../escape/string.ts";
import { group, ifBroken, indent, join, line, softline, type Doc } from "../../print/doc.ts";

function slotDoc(types: Types, type: Type): Doc {
  const core = types.core(type);
  switch (core.kind) {
    case "anything":
      return "anyText";
    case "primitive":
      if (core.name === "string") return "anyText";
      if (core.name === "number") return "numberText";
      if (core.name === "bigint") return "bigintText";
      return core.name === "boolean"
        ? callDoc("oneOf", ['"true"', '"false"'])
        : callDoc("oneOf", [`"${core.name}"`]);
    case "literal":
      return callDoc("oneOf", [quoted(String(core.value))]);
    case "template":
      return templateDoc(types, core.texts, core.slots);
    case "cased":
      return callDoc("cased", [slotDoc(types, core.base), ...core.casings.map(quoted)]);
    case "union":
      return unionDoc(types, core.members);
    default:
      core.kind satisfies "never" | "nonprimitive" | "builtin" | "every" | Structure;
      return "oneOf()";
  }
}

export function templateDoc(types: Types, texts: readonly string[], slots: readonly Type[]): Doc {
  return callDoc("template", [
    listDoc("[", texts.map(quoted), "]"),
    ...slots.map((slot) => slotDoc(types, slot)),
  ]);
}

function unionDoc(types: Types, members: readonly Type[]): Doc {
  const cores = members.map((member) => types.core(member));
  const isLiteral = cores.every((core) => core.kind === "literal");
  if (isLiteral)
    return callDoc(
      "oneOf",
      cores.map((core) => quoted(String(core.value))),
    );
  return callDoc(
    "either",
    members.map((member) => slotDoc(types, member)),
  );
}

function callDoc(name: string, args: readonly Doc[]): Doc {
  return listDoc(`${name}(`, args, ")");
}

function listDoc(open: string, parts: readonly Doc[], close: string): Doc {
  return group([open, indent([softline, join([",", line], parts)]), ifBroken(","), softline, close]);
}
