/**
 * Some names change what the tree means to code that knows nothing of bindings: `await db` calls `db.then`.
 */
import { dottedName, invalidReason, reservedReason, suggestName } from "../../model/names.ts";

import { report } from "../../diagnostics/report.ts";
import { freePlaces } from "../free-place.ts";
import { namedNodes } from "../named.ts";
import type { Rule } from "../rule.ts";

export const bindingNameReserved: Rule = ({ root }) => {
  const freePlace = freePlaces(root);
  return [...namedNodes(root)].flatMap((node) => {
    const { name, path, source } = node;
    const reason = reservedReason(name);
    // A name that is no identifier has its own finding; renaming it settles both.
    if (reason === null || invalidReason(name) !== null) return [];
    const suggestion = freePlace(path, [...path.slice(0, -1), suggestName(name)]);
    const kind = node.kind === "namespace" ? "namespace" : "leaf";
    return [
      report("binding-name-reserved", { name: dottedName(path), reason, kind, suggestion }, source, path),
    ];
  });
};
