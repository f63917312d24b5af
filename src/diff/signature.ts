/**
 * Compares two signatures: how the leaf is called, with what, and what comes back.
 */
import type { Mode, Signature, TypeParameter } from "../model/contract.ts";
import type { Shape } from "../model/shape.ts";
import { mapSignature } from "../model/signatures.ts";
import type { Finding } from "./change.ts";
import { type ChangeKind, kinds } from "./kinds.ts";
import { compareParameters, type SignatureUse } from "./parameters.ts";
import { substitute, withTypeParameters } from "./relation/scope.ts";
import { structureKey } from "./shape-key.ts";
import { shapeText } from "./shape-text.ts";
import { compareShapes } from "./shapes/compare.ts";

export function compareSignatures(before: Signature, after: Signature, use: SignatureUse): Finding[] {
  const [old, now] = withSameTypeParameters(before, after);
  const scopes: SignatureUse = {
    path: use.path,
    before: withTypeParameters(use.before, old.typeParameters),
    after: withTypeParameters(use.after, now.typeParameters),
  };
  const body = [
    ...compareModes(before.mode, after.mode, use.path),
    ...compareParameters(old, now, scopes),
    ...compareShapes(old.result, now.result, { ...scopes, position: "result", where: "result" }),
  ];
  const isBroken = body.some((finding) => kinds[finding.kind].class === "breaking");
  return [...compareTypeParameters(before, after, use, isBroken), ...body];
}

/**
 * Gives the type parameters of both sides the same names, by position; those that only one side has are replaced by
 * what they may stand for, which is how a call without written type arguments sees them.
 */
function withSameTypeParameters(before: Signature, after: Signature): [Signature, Signature] {
  const shared = Math.min(before.typeParameters.length, after.typeParameters.length);
  const name = (index: number): Shape => ({ kind: "parameter", name: `T${index}` });
  const renamed = (signature: Signature): Signature => {
    const replacements = new Map<string, Shape>();
    signature.typeParameters.forEach((parameter, index) => {
      // `U extends T` stands for what `T` stands for.
      const widest = substitute(parameter.constraint ?? { kind: "unknown" }, replacements);
      replacements.set(parameter.name, index < shared ? name(index) : widest);
    });
    const go = (shape: Shape): Shape => substitute(shape, replacements);
    const { typeParameters, ...rest } = signature;
    const kept = typeParameters.slice(0, shared).map(({ constraint, default: fallback }, index) => ({
      name: `T${index}`,
      constraint,
      default: fallback,
    }));
    return mapSignature({ ...rest, typeParameters: kept }, go);
  };
  return [renamed(before), renamed(after)];
}

function compareModes(before: Mode, after: Mode, path: readonly string[]): Finding[] {
  if (before === after) return [];
  const kind = `mode-${before}-to-${after}`;
  return [{ kind: kind as ChangeKind, path, where: "result", before, after }];
}

function compareTypeParameters(
  before: Signature,
  after: Signature,
  use: SignatureUse,
  isBroken: boolean,
): Finding[] {
  const findings: Finding[] = [];
  const found = (kind: ChangeKind, { name }: TypeParameter, old: string, now: string): void => {
    findings.push({ kind, path: use.path, where: `type parameter ${name}`, before: old, after: now, name });
  };
  const report = (kind: ChangeKind, parameter: TypeParameter, old: Shape | null, now: Shape | null): void => {
    const text = (shape: Shape | null): string => (shape ? shapeText(shape) : "none");
    found(kind, parameter, text(old), text(now));
  };
  after.typeParameters.forEach((parameter, index) => {
    const old = before.typeParameters[index];
    if (!old) {
      const isSafe = isHarmless(parameter, before, after, isBroken);
      const kind = isSafe ? "type-parameter-added-harmless" : "type-parameter-added";
      report(kind, parameter, null, parameter.constraint);
      return;
    }
    const change = compareConstraints(old.constraint, parameter.constraint, use);
    if (change) report(change, parameter, old.constraint, parameter.constraint);
    if (old.const !== parameter.const) {
      const text = (one: TypeParameter): string => `${one.const ? "const " : ""}${one.name}`;
      found("type-parameter-const-changed", parameter, text(old), text(parameter));
    }
    if (structureKey(old.default) !== structureKey(parameter.default)) {
      report("type-parameter-default-changed", parameter, old.default, parameter.default);
    }
  });
  for (const parameter of before.typeParameters.slice(after.typeParameters.length)) {
    report("type-parameter-removed", parameter, parameter.constraint, null);
  }
  return findings;
}

/**
 * A first type parameter that takes whatever was passed before. Used in one parameter only, it is inferred from one
 * argument, so no two arguments can disagree; with a written list of type arguments, one more needs a default.
 */
function isHarmless(
  parameter: TypeParameter,
  before: Signature,
  after: Signature,
  isBroken: boolean,
): boolean {
  if (isBroken) return false;
  if (before.typeParameters.length > 0 && parameter.default === null) return false;
  const mentions = after.parameters.filter((other) => mentionsParameter(other.shape, parameter.name));
  return mentions.length <= 1;
}

const mentionsParameter = (shape: Shape, name: string): boolean =>
  structureKey(shape).includes(structureKey({ kind: "parameter", name }));

function compareConstraints(before: Shape | null, after: Shape | null, use: SignatureUse): ChangeKind | null {
  if (structureKey(before) === structureKey(after)) return null;
  const unbound: Shape = { kind: "unknown" };
  const findings = compareShapes(before ?? unbound, after ?? unbound, {
    ...use,
    position: "argument",
    where: "",
  });
  if (findings.length === 0) return null;
  const isTighter = findings.some((finding) => kinds[finding.kind].class === "breaking");
  return isTighter ? "type-parameter-constraint-tightened" : "type-parameter-constraint-loosened";
}
