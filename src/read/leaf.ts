/**
 * Lowers a leaf: a function of the tree with its signatures, documentation, policy and declared errors.
 */
import { placeOr, type Doc, type Leaf, type Source, type ThrownError } from "../model/contract.ts";
import { parsePolicy } from "../model/policy.ts";
import type { Shape } from "../model/shape.ts";
import type { ThrownView, TreeHandle, TypeHandle } from "./frontend/frontend.ts";
import { lowerBody, lowerWhole, outerScope, type Lowering } from "./lowering.ts";
import { lowerSignature } from "./signature.ts";
import { withDocs } from "./signature-doc.ts";

export interface LeafHead {
  readonly name: string;
  readonly path: readonly string[];
  readonly doc: Doc;
  readonly source: Source;
}

export function lowerLeaf(lowering: Lowering, head: LeafHead, part: TreeHandle, type: TypeHandle): Leaf {
  const views = lowering.frontend
    .signatures(type)
    .map((view) => ({ ...view, source: placeOr(view.source, head.source) }));
  const lowered = views.map((view) => lowerSignature(lowering, view));
  const { doc, signatures } = withDocs(head.doc, views, lowered);
  const [first, ...others] = signatures;
  if (!first) throw new Error(`A leaf without a call signature: ${head.path.join(".")}`);
  return {
    kind: "leaf",
    ...head,
    doc,
    signatures: [first, ...others],
    // What does not parse is found again by a rule, from the tags.
    policy: parsePolicy(doc.tags).policy,
    throws: lowering.frontend.thrown(part).map((thrown) => lowerThrown(lowering, thrown)),
  };
}

/** A leaf beyond all limits: counted, not looked into. */
export function unreadLeaf(head: LeafHead): Leaf {
  const { source } = head;
  const signature = {
    typeParameters: [],
    parameters: [],
    result: { kind: "unknown" },
    mode: "sync",
    source,
  } as const;
  return { kind: "leaf", ...head, signatures: [signature], policy: {}, throws: [] };
}

function lowerThrown(lowering: Lowering, { name, use, description }: ThrownView): ThrownError {
  const shape: Shape = use
    ? // Its data in place: an error class is described by its own leaf, not by a type scripts could name.
      withoutLoss(lowerWhole(lowering, use, () => lowerBody(lowering, use, outerScope)))
    : {
        kind: "unsupported",
        code: "type-unresolved",
        type: name,
        reason: "`@throws` names a type that cannot be found from there",
        help: 'Import the class in this file, or write `export type { … } from "./errors.ts"`, which no linter calls unused; or correct its name.',
      };
  return { name: name.split(".").at(-1) ?? name, shape, description };
}

/** A thrown error is sent with its name and data on purpose; that its class stays behind is no finding. */
function withoutLoss(shape: Shape): Shape {
  if (shape.kind !== "error" && shape.kind !== "object") return shape;
  const { lossy: _, ...rest } = shape;
  return rest;
}
