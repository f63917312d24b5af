/**
 * Answers the frontend's questions about a definition, with whatever compiler the session has.
 */
import type { Frontend, Piece } from "../frontend.ts";
import { basesOf } from "./bases.ts";
import type { ts } from "./compiler.ts";
import { constraintOf } from "./constraint.ts";
import { definitionOf } from "./definition.ts";
import { enumValuesOf } from "./enum.ts";
import { mappedOf } from "./mapped.ts";
import { indexesOf, propertiesOf } from "./members.ts";
import { namedOf } from "./named.ts";
import { signatureErrors, syntaxErrors } from "./problems.ts";
import { sourceOf, toNode, toType, type Session } from "./session.ts";
import { settledBy } from "./settled.ts";
import { signaturesOf } from "./signatures.ts";
import { textOf } from "./text.ts";
import { thrownBy } from "./thrown.ts";
import { treeOf } from "./tree.ts";
import { viewOf } from "./view.ts";

/** What a frontend knows beside the types of the definition. */
export interface Around extends Pick<Frontend, "importExtension" | "problems" | "inputs" | "close"> {
  readonly definition: ts.SourceFile | undefined;
  pieces(type: ts.Type, intoAlias: boolean): readonly Piece[] | null;
}

export function answers(session: Session, around: Around): Frontend {
  const { definition: file, importExtension, problems, inputs, close, pieces } = around;
  let unresolved = false;

  return {
    exists: file !== undefined,
    sawUnresolved: () => unresolved,
    importExtension,
    problems,
    syntaxErrors: syntaxErrors(session),
    typeErrors: () => (file ? signatureErrors(session, file) : []),
    definition: () => definitionOf(session, file),
    tree: (part) => {
      const view = treeOf(session, part);
      unresolved ||= view.kind === "invalid" && view.unresolved === true;
      return view;
    },
    signatures: (type) => signaturesOf(session, type),
    view: (type) => {
      const view = viewOf(session, type);
      unresolved ||= view.kind === "unresolved";
      return view;
    },
    named: (type) => namedOf(session, type),
    properties: (type) => propertiesOf(session, type),
    indexes: (type) => indexesOf(session, type),
    bases: (type) => basesOf(session, type),
    settled: (type) => settledBy(session, type),
    enumValues: (type) => enumValuesOf(session, toType(type)),
    mapped: (type) => mappedOf(session, toType(type)),
    constraint: (type) => constraintOf(session, toType(type)),
    pieces: (type, intoAlias) => pieces(toType(type), intoAlias),
    written: ({ node }) => (node === null ? null : toNode(node).getText().replace(/\s+/g, " ")),
    text: (type) => textOf(session, toType(type)),
    source: (node) => sourceOf(session, toNode(node)),
    thrown: (part) => {
      const views = thrownBy(session, part);
      unresolved ||= views.some((view) => view.use === null);
      return views;
    },
    inputs,
    close,
  };
}
