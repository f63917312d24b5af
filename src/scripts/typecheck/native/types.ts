/**
 * Answers the questions about a program's types: which of them are promises, and which may be unable to leave the sandbox. Every answer comes from another process,
 * so types are asked for many at once, a level of all scripts after the other, and what is known of one is kept.
 */
import { remembered } from "../../../model/remembered.ts";
import type { Ast, Sync, TypeScript7 } from "../../../read/frontend/native/typescript.ts";
import type { Questions } from "./questions.ts";

export interface Types {
  /** For each script whether all its questions have the answer that leaves nothing to say; `false` where there are no questions. */
  fit(scripts: readonly (Questions | null)[]): readonly boolean[];
}

/** Steps into a value: the rule looks no further. */
const maxDepth = 5;

/** What they hold is in their arguments. */
const collections: ReadonlySet<string> = new Set([
  ...["Array", "ReadonlyArray", "Map", "Set", "ReadonlyMap", "ReadonlySet"],
]);
const promiseLike: ReadonlySet<string> = new Set(["Promise", "PromiseLike"]);
const staying: ReadonlySet<string> = new Set([...promiseLike, "WeakMap", "WeakSet", "WeakRef"]);

/** What is known of a type, as far as it matters. What must be asked for is asked for when it is used. */
interface Facts {
  readonly isPromise: boolean;
  /** `false`: a function, a class, a symbol, or what is not looked into. */
  mayLeave(): boolean;
  /** What it is made of: elements or members. */
  parts(): readonly Sync.Type[];
  /** What else it is made of; their types are asked for later. */
  readonly properties: readonly Sync.Symbol[];
}

const yes = (): boolean => true;
const no = (): boolean => false;
const nothing: Facts = { isPromise: false, mayLeave: yes, parts: () => [], properties: [] };

export function openTypes({ sync }: TypeScript7, checker: Sync.Checker): Types {
  const { ObjectFlags, SignatureKind, SymbolFlags, TypeFlags } = sync;
  const plain = TypeFlags.Any | TypeFlags.Unknown | TypeFlags.Never | TypeFlags.Primitive;
  const known = new Map<number, Facts>();
  const anonymous = new Map<string, Facts>();
  /** Types of the properties of those whose values leave. */
  const inner = new Map<number, readonly Sync.Type[]>();

  function factsOf(type: Sync.Type): Facts {
    let facts = known.get(type.id);
    if (!facts) known.set(type.id, (facts = look(type)));
    return facts;
  }

  function look(type: Sync.Type): Facts {
    if (type.flags & TypeFlags.ESSymbolLike) return { ...nothing, mayLeave: no };
    if (type.flags & plain) return nothing;
    if (type.isUnionType()) {
      const parts = type.getTypes() ?? [];
      return { ...nothing, isPromise: parts.some((part) => factsOf(part).isPromise), parts: () => parts };
    }
    if (!(type.flags & TypeFlags.Object)) return { ...nothing, ...membersOf(type), mayLeave: no };
    const { objectFlags } = type as Sync.ObjectType;
    // Of what a script writes as an object literal nothing but its properties is asked.
    if (objectFlags & ObjectFlags.ObjectLiteral) return { ...nothing, ...membersOf(type) };
    const symbol = type.getSymbol();
    if (symbol === undefined) {
      const isTuple = type.isTypeReference() && type.getTarget().isTupleType();
      return { ...nothing, mayLeave: isTuple ? yes : no, parts: once(() => argumentsOf(type)) };
    }
    const isData = once(() => !isFunction(type));
    if (isOfLibrary(symbol)) {
      // Each `Record` has a type of its own, and all of them one place.
      const [{ path, index } = { path: "", index: 0 }] = symbol.declarations;
      if (symbol.name === "__type")
        return remembered(anonymous, `${index} ${path}`, () => ({ ...nothing, mayLeave: isData }));
      const { name } = symbol;
      if (collections.has(name)) return { ...nothing, parts: once(() => argumentsOf(type)) };
      return { ...nothing, isPromise: promiseLike.has(name), mayLeave: staying.has(name) ? no : isData };
    }
    const isCode = (symbol.flags & (SymbolFlags.Class | SymbolFlags.Function | SymbolFlags.Method)) !== 0;
    const isLiteral = (symbol.flags & SymbolFlags.ObjectLiteral) !== 0;
    return { ...nothing, ...membersOf(type), mayLeave: isCode ? no : isLiteral ? yes : isData };
  }

  function membersOf(type: Sync.Type): Pick<Facts, "isPromise" | "properties"> {
    const all = checker.getPropertiesOfType(type);
    const properties = all.filter(({ flags }) => !(flags & SymbolFlags.Optional));
    return { isPromise: all.some(({ name }) => name === "then"), properties };
  }

  const argumentsOf = (type: Sync.Type): readonly Sync.Type[] =>
    checker.getTypeArguments(type as Sync.TypeReference);

  const isFunction = (type: Sync.Type): boolean =>
    [SignatureKind.Call, SignatureKind.Construct].some(
      (kind) => checker.getSignaturesOfType(type, kind).length > 0,
    );

  const isArray = (type: Sync.Type): boolean =>
    type.isTypeReference() && /^(?:Readonly)?Array$/u.test(type.getSymbol()?.name ?? "");

  /** Nothing waits for it: nor may an array hold promises. */
  function isDropped(type: Sync.Type | undefined): boolean {
    if (type === undefined) return false;
    const { isPromise, parts } = factsOf(type);
    return !isPromise && !(isArray(type) && parts().some((part) => factsOf(part).isPromise));
  }

  const isValue = (type: Sync.Type | undefined): boolean => type !== undefined && !factsOf(type).isPromise;

  /** Learns all that `canLeave` will ask, a level of all types at a time. */
  function learn(types: readonly Sync.Type[]): void {
    let level = new Map(types.map((type) => [type.id, type]));
    for (let depth = 0; depth <= maxDepth && level.size > 0; depth++) {
      const next = new Map<number, Sync.Type>();
      const add = (type: Sync.Type): void => void next.set(type.id, type);
      const asked: { readonly type: Sync.Type; readonly properties: readonly Sync.Symbol[] }[] = [];
      for (const type of level.values()) {
        const { mayLeave, parts, properties } = factsOf(type);
        if (!mayLeave()) continue;
        parts().forEach(add);
        const had = inner.get(type.id);
        if (had) had.forEach(add);
        else if (properties.length > 0) asked.push({ type, properties });
      }
      const all = asked.flatMap(({ properties }) => properties);
      const found = all.length === 0 ? [] : checker.getTypeOfSymbol(all);
      let at = 0;
      for (const { type, properties } of asked) {
        const own = found.slice(at, (at += properties.length));
        const whole = own.filter((one) => one !== undefined);
        if (whole.length < own.length) known.set(type.id, { ...factsOf(type), mayLeave: no });
        inner.set(type.id, whole);
        whole.forEach(add);
      }
      level = next;
    }
  }

  function canLeave(type: Sync.Type | undefined, depth: number): boolean {
    if (type === undefined) return false;
    const { mayLeave, parts } = factsOf(type);
    if (depth >= maxDepth || !mayLeave()) return mayLeave();
    return [...parts(), ...(inner.get(type.id) ?? [])].every((part) => canLeave(part, depth + 1));
  }

  /** A promise is given to a function that wants nothing back. */
  function isIgnored(
    { callback, body }: Questions["callbacks"][number],
    given: Sync.Type | undefined,
  ): boolean {
    if (body !== null && isValue(given)) return false;
    const wanted = checker.getContextualType(callback);
    const [signature] = wanted ? checker.getSignaturesOfType(wanted, SignatureKind.Call) : [];
    const result = signature && checker.getReturnTypeOfSignature(signature);
    return result !== undefined && (result.flags & TypeFlags.Void) !== 0;
  }

  return {
    fit(scripts) {
      const nodes: Ast.Node[] = [];
      const put = (asked: readonly Ast.Node[]): readonly [number, number] => [
        nodes.length,
        nodes.push(...asked),
      ];
      const places = scripts.map((script) =>
        script === null
          ? null
          : {
              script,
              values: put(script.values),
              dropped: put(script.dropped),
              bodies: put(script.callbacks.map(({ callback, body }) => body ?? callback)),
              leaving: put(script.leaving),
            },
      );
      const types = nodes.length === 0 ? [] : checker.getTypeAtLocation(nodes);
      const at = ([from, to]: readonly [number, number]): readonly (Sync.Type | undefined)[] =>
        types.slice(from, to);
      learn(
        places.flatMap((place) =>
          place === null ? [] : at(place.leaving).filter((type) => type !== undefined),
        ),
      );
      return places.map(
        (place) =>
          place !== null &&
          at(place.values).every(isValue) &&
          at(place.dropped).every(isDropped) &&
          !at(place.bodies).some((type, index) => {
            const callback = place.script.callbacks[index];
            return callback !== undefined && isIgnored(callback, type);
          }) &&
          at(place.leaving).every((type) => canLeave(type, 0)),
      );
    },
  };
}

const isOfLibrary = ({ declarations }: Sync.Symbol): boolean =>
  declarations.some(({ path }) => /\/lib\.[^/]*\.d\.ts$|\/library\.d\.ts$/u.test(path));

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
