/** Chooses the kind of a type; each kind is lowered by its own file under `shape/`. */
import type { Shape } from "../model/shape.ts";
import type { TypeUse } from "./frontend/frontend.ts";
import type { LoweredKinds, Lowering, Scope } from "./lowering.ts";
import { arrayShape } from "./shape/array.ts";
import { casedShape } from "./shape/cased.ts";
import { callableShape } from "./shape/callable.ts";
import { deferredShape } from "./shape/deferred.ts";
import { intersectionShape } from "./shape/intersection.ts";
import { literalShape } from "./shape/literal.ts";
import { namedShape } from "./shape/named.ts";
import { nonnullishShape } from "./shape/nonnullish.ts";
import { objectShape } from "./shape/object.ts";
import { parameterShape } from "./shape/parameter.ts";
import { primitiveShape } from "./shape/primitive.ts";
import { templateShape } from "./shape/template.ts";
import { tupleShape } from "./shape/tuple.ts";
import { unionShape } from "./shape/union.ts";
import { endlessShape, unresolved } from "./shape/unsupported.ts";

export const kinds: LoweredKinds = { named: namedShape, body, endless: endlessShape };

function body(lowering: Lowering, use: TypeUse, scope: Scope): Shape {
  const view = lowering.frontend.view(use);
  switch (view.kind) {
    case "primitive":
      return primitiveShape(lowering, use, view);
    case "missing":
      return { kind: "never" };
    case "unresolved":
      return unresolved(lowering, use, view);
    case "literal":
      return literalShape(view);
    case "template":
      return templateShape(lowering, use, view, scope);
    case "cased":
      return casedShape(lowering, view, scope);
    case "union":
      return unionShape(lowering, use, view, scope);
    case "intersection":
      return intersectionShape(lowering, use, view, scope);
    case "parameter":
      return parameterShape(lowering, view, scope);
    case "deferred":
      return deferredShape(lowering, use, scope);
    case "array":
      return arrayShape(lowering, view, scope);
    case "tuple":
      return tupleShape(lowering, view, scope);
    case "callable":
      return callableShape(lowering, use, view);
    case "nonnullish":
      return nonnullishShape();
    case "object":
      return objectShape(lowering, use, view, scope);
  }
}
