/**
 * Makes `structuredClone`, of what a call may carry too. It copies inside one realm, so nothing is encoded: buffers that
 * several views share stay shared. Self-contained: part of the unit `web`.
 */
import type { Realm } from "../../crossing/kind.ts";
import type { AnyView } from "../../crossing/built-ins.ts";
import type { Primordials } from "../../crossing/primordials.ts";
import type { Exceptions } from "./dom-exception.ts";
import type { WebIdl } from "./web-idl.ts";

export function makeStructuredClone(
  p: Primordials,
  idl: WebIdl,
  realm: Realm,
  exceptions: Exceptions,
): (...args: unknown[]) => unknown {
  type Members = { [key: string]: unknown };

  function refuse(what: string): never {
    throw exceptions.make("DataCloneError", `structuredClone: ${what} cannot be cloned`, structuredClone);
  }

  function makeCloner(): (value: unknown) => unknown {
    const clones = p.safeMap<object, object>();

    function clone(value: unknown): unknown {
      if (typeof value === "symbol") refuse("a symbol");
      if (typeof value === "function") refuse("a function");
      if (typeof value !== "object" || value === null) return value;
      const known = clones.get(value);
      if (known !== undefined) return known;
      return cloneObject(value);
    }

    function keep<Clone extends object>(value: object, made: Clone): Clone {
      clones.set(value, made);
      return made;
    }

    function cloneObject(value: object): object {
      const looks = realm.classify(value);
      const keys = looks === "plain" || looks === "array" ? p.keys(value) : undefined;
      const kind = looks === "plain" && keys?.length === 0 ? realm.inside(value) : looks;
      if (typeof kind === "object") return refuse(kind.refused);
      switch (kind) {
        case "plain":
          return members(value, keep(value, {}), keys as readonly string[]);
        case "array": {
          const { length } = value as unknown[];
          return members(
            value,
            keep(value, blank(length, length > (keys as readonly string[]).length)),
            keys as readonly string[],
          );
        }
        case "date":
          return keep(value, new p.Date(p.dateValue(value)));
        case "regexp":
          return keep(value, new p.RegExp(p.regexpSource(value), p.flagsOf(value)));
        case "number":
        case "string":
        case "boolean":
        case "bigint":
          return keep(value, p.toObject(p.unbox[kind](value)));
        case "buffer":
          return buffer(value as ArrayBuffer);
        case "view":
          return view(value as AnyView);
        case "map":
          return collection(value, true);
        case "set":
          return collection(value, false);
        case "error":
          return error(value);
        case "temporal":
          return temporal(value);
      }
    }

    function members(from: object, to: object, keys: readonly string[]): object {
      for (let i = 0; i < keys.length; i++) {
        const key = keys[i] as string;
        // An accessor of an earlier one may have taken it away.
        if (!p.hasOwn(from, key)) continue;
        const member = clone((from as Members)[key]);
        // What is there already is the copy's own, and no setter of a prototype can catch what is assigned to it.
        if (p.hasOwn(to, key)) (to as Members)[key] = member;
        else p.define(to, key, member, true);
      }
      return to;
    }

    /** An array without holes is made of blanks, which are then assigned to: faster than defining each. */
    function blank(length: number, hasHoles: boolean): unknown[] {
      const list = p.list<undefined>();
      if (!hasHoles) for (let i = 0; i < length; i++) list[i] = undefined;
      const copy = p.arrayCopy(list, list.length);
      copy.length = length;
      return copy;
    }

    function buffer(value: ArrayBuffer): ArrayBuffer {
      if (p.bufferDetached(value) === true) refuse("a detached ArrayBuffer");
      const copy = new p.Uint8Array(p.bufferByteLength(value));
      p.typedArraySet(copy, new p.Uint8Array(value), 0);
      return keep(value, p.typedArrayBuffer(copy));
    }

    function view(value: AnyView): object {
      const name = p.typedArrayTag(value);
      const isTyped = name !== undefined;
      const of = isTyped ? p.typedArrayBuffer(value) : p.dataViewBuffer(value);
      const offset = isTyped ? p.typedArrayOffset(value) : p.dataViewOffset(value);
      const length = isTyped ? p.typedArrayLength(value) : p.dataViewByteLength(value);
      const View = p.views[name ?? "DataView"];
      if (View === undefined) return refuse(`a ${name}`);
      return keep(value, new View(clones.get(of) ?? buffer(of), offset, length));
    }

    // What is in them now: an accessor of a member may change them while they are cloned.
    function collection(value: object, isMap: boolean): object {
      const copy = keep(value, isMap ? new p.Map() : new p.Set());
      const entries = p.entriesOf(value, isMap);
      for (let i = 0; i < entries.length; i += isMap ? 2 : 1) {
        const key = clone(entries[i]);
        if (isMap) p.mapSet(copy, key, clone(entries[i + 1]));
        else p.setAdd(copy, key);
      }
      return copy;
    }

    function error(value: object): object {
      const exact = exceptions.copy(value);
      if (exact !== undefined) return keep(value, exact);
      const { name } = value as { name?: unknown };
      const text = name === undefined ? "Error" : `${name as string}`;
      const Class = text === "AggregateError" ? undefined : p.errors[text];
      const copy = keep(value, p.construct(Class ?? p.Error, p.list()) as object);
      const message = p.getOwnPropertyDescriptor(value, "message");
      if (message !== undefined && p.hasOwn(message, "value"))
        p.define(copy, "message", `${message.value as string}`, false);
      const stack = p.errorStack(value);
      if (typeof stack === "string") p.define(copy, "stack", stack, false);
      if (p.hasOwn(value, "cause"))
        p.define(copy, "cause", clone((value as { cause?: unknown }).cause), false);
      return copy;
    }

    function temporal(value: object): object {
      for (let i = 0; i < temporalNames.length; i++) {
        const name = temporalNames[i] as string;
        const text = p.temporalText(name, value);
        const copy = text === undefined ? undefined : p.temporalFrom(name, text);
        if (copy !== undefined) return keep(value, copy);
      }
      return refuse("a value of Temporal");
    }

    return clone;
  }

  const temporalNames = p.keys(p.temporalClasses);

  // What is being sent elsewhere at this moment would lose its bytes, and there is nobody else here to give them to.
  function transferNothing(options: unknown): void {
    const given = idl.options(options, "structuredClone");
    const transfer = given === undefined ? undefined : given["transfer"];
    if (transfer === undefined) return;
    idl.each(transfer, "structuredClone: transfer", (item) => {
      if (typeof item !== "object" && typeof item !== "function")
        throw new p.TypeError("structuredClone: what is in `transfer` must be objects");
      refuse("what is in `transfer` (nothing is given away here; leave it out, and it is copied)");
    });
  }

  const { structuredClone } = {
    structuredClone(...args: unknown[]): unknown {
      idl.need(args, 1, "structuredClone");
      transferNothing(args.length > 1 ? args[1] : undefined);
      return makeCloner()(args[0]);
    },
  };
  return structuredClone;
}
