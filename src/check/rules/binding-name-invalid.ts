/**
 * Keys are identifiers, so that a script writes `db.query` and can destructure. `"my-leaf"` is not one.
 */
import { dottedName, invalidReason, suggestName } from "../../model/names.ts";

import { report } from "../../diagnostics/report.ts";
import { freePlaces } from "../free-place.ts";
import { namedNodes } from "../named.ts";
import type { Rule } from "../rule.ts";

export const bindingNameInvalid: Rule = ({ root }) => {
  const freePlace = freePlaces(root);
  return [...namedNodes(root)].flatMap(({ name, path, source }) => {
    const reason = invalidReason(name);
    if (reason === null) return [];
    const suggestion = freePlace(path, [...path.slice(0, -1), suggestName(name)]);
    return [report("binding-name-invalid", { name: dottedName(path), reason, suggestion }, source, path)];
  });
};
