/**
 * `db.delete()` is fine, `const { delete } = db` is a syntax error: a warning, because the author may not mind.
 */
import { dottedName, isKeyword, reservedReason, suggestName } from "../../model/names.ts";

import { report } from "../../diagnostics/report.ts";
import { freePlaces } from "../free-place.ts";
import { namedNodes } from "../named.ts";
import type { Rule } from "../rule.ts";

export const bindingNameKeyword: Rule = ({ root }) => {
  const freePlace = freePlaces(root);
  return [...namedNodes(root)].flatMap(({ name, path, source }) => {
    if (!isKeyword(name) || reservedReason(name) !== null) return [];
    const data = {
      name: dottedName(path),
      keyword: name,
      parent: dottedName(["SecureExec", "bindings", ...path.slice(0, -1)]),
      suggestion: freePlace(path, [...path.slice(0, -1), suggestName(name)]),
    };
    return [report("binding-name-keyword", data, source, path)];
  });
};
