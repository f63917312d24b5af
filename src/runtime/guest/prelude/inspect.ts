/**
 * Writes a value as text for the console and for messages, inside a budget. Accessors are shown, never run. Self-contained:
 * part of the prelude.
 */
import type { Realm } from "../../crossing/kind.ts";
import type { Primordials, SafeMap } from "../../crossing/primordials.ts";

export interface Inspect {
  /** One value, as it appears inside others: strings in quotes. */
  inspect(value: unknown, maxLength: number): string;
  /** The arguments of one `console.log`: strings as they are, separated by spaces. */
  format(args: readonly unknown[], maxLength: number): string;
}

export function makeInspect(p: Primordials, realm: Realm): Inspect {
  const maxDepth = 4;
  const maxItems = 100;

  interface State {
    left: number;
    readonly open: SafeMap<object, true>;
  }

  /** Takes from the budget; what is over is cut, and later parts see a budget of nothing. */
  function spend(state: State, text: string): string {
    if (text.length <= state.left) {
      state.left -= text.length;
      return text;
    }
    const cut = state.left > 0 ? `${p.stringSlice(text, 0, state.left)}…` : "";
    state.left = 0;
    return cut;
  }

  function show(state: State, value: unknown, depth: number): string {
    switch (typeof value) {
      case "string": {
        const text = value.length > state.left ? p.stringSlice(value, 0, state.left + 1) : value;
        return spend(state, p.jsonStringify(text));
      }
      case "number":
        return spend(state, value === 0 && 1 / value < 0 ? "-0" : `${value}`);
      case "bigint":
        // Turning a huge one into text takes quadratic time.
        return spend(
          state,
          value < 1n << 4096n && value > -(1n << 4096n) ? `${value}n` : "[a very large bigint]",
        );
      case "symbol":
        return spend(state, p.symbolToString(value));
      case "undefined":
      case "boolean":
        return spend(state, `${value}`);
      case "function":
        return spend(state, showFunction(value));
      default:
        return value === null ? spend(state, "null") : showObject(state, value as object, depth);
    }
  }

  function showFunction(value: object): string {
    const name = p.data(value, "name");
    return typeof name === "string" && name !== "" ? `[Function: ${name}]` : "[Function (anonymous)]";
  }

  function className(value: object): string {
    const prototype = p.getPrototypeOf(value) as object | null;
    if (prototype === null || prototype === p.objectPrototype) return "";
    const constructor = p.data(prototype, "constructor");
    if (typeof constructor !== "function") return "";
    const name = p.data(constructor, "name");
    return typeof name === "string" ? name : "";
  }

  function showObject(state: State, value: object, depth: number): string {
    if (state.left <= 0) return "";
    if (state.open.has(value)) return spend(state, "[Circular]");
    state.open.set(value, true);
    try {
      return showOpen(state, value, depth);
    } catch {
      return spend(state, "[Unreadable]");
    } finally {
      state.open.delete(value);
    }
  }

  function showOpen(state: State, value: object, depth: number): string {
    const kind = realm.classify(value);
    const name = className(value);
    if (typeof kind === "object") {
      const textOf = p.hasOwn(kind, "textOf") ? kind.textOf : undefined;
      if (textOf === undefined) return spend(state, `[${name === "" ? "Object" : name}]`);
      return `${spend(state, `${name} { `)}${show(state, textOf(value), depth + 1)}${spend(state, " }")}`;
    }
    switch (kind) {
      case "date": {
        const time = p.dateValue(value);
        return spend(state, p.isNaN(time) ? "Invalid Date" : p.dateToISOString(value));
      }
      case "regexp":
        return spend(state, `/${p.regexpSource(value)}/${p.flagsOf(value)}`);
      case "error":
        return showError(state, value, depth);
      case "number":
      case "string":
      case "boolean":
      case "bigint":
        return spend(state, `[${name}]`);
      case "buffer":
        return spend(state, `ArrayBuffer { byteLength: ${p.bufferByteLength(value)} }`);
      default:
        break;
    }
    const prefix = name === "" || (kind === "array" && name === "Array") ? "" : `${name} `;
    if (depth >= maxDepth)
      return spend(state, kind === "array" ? "[Array]" : `[${name === "" ? "Object" : name}]`);
    switch (kind) {
      case "array": {
        const { length } = value as unknown[];
        return showList(state, value, length, prefix, depth);
      }
      case "view": {
        const tag = p.typedArrayTag(value);
        if (tag === undefined) return spend(state, `DataView { byteLength: ${p.dataViewByteLength(value)} }`);
        const length = p.typedArrayLength(value);
        return showList(state, value, length, `${tag}(${length}) `, depth);
      }
      case "map":
        return showCollection(state, value, true, depth);
      case "set":
        return showCollection(state, value, false, depth);
      default:
        return showMembers(state, value, prefix, depth);
    }
  }

  function showList(state: State, value: object, length: number, prefix: string, depth: number): string {
    if (length === 0) return spend(state, `${prefix}[]`);
    let text = spend(state, `${prefix}[ `);
    let holes = 0;
    const shown = length < maxItems ? length : maxItems;
    for (let i = 0; i < shown && state.left > 0; i++) {
      if (!p.hasOwn(value, i)) {
        holes++;
        continue;
      }
      if (holes > 0) text += spend(state, `<${holes} empty>, `);
      holes = 0;
      text += showProperty(state, value, `${i}`, depth);
      if (i < shown - 1) text += spend(state, ", ");
    }
    if (holes > 0) text += spend(state, `<${holes} empty>`);
    if (length > shown) text += spend(state, `, … ${length - shown} more`);
    return text + spend(state, " ]");
  }

  function showCollection(state: State, value: object, isMap: boolean, depth: number): string {
    const size = isMap ? p.mapSize(value) : p.setSize(value);
    const name = `${isMap ? "Map" : "Set"}(${size})`;
    if (size === 0) return spend(state, `${name} {}`);
    let text = spend(state, `${name} { `);
    const entries = p.entriesOf(value, isMap, maxItems);
    for (let i = 0; i < entries.length && state.left > 0; i += isMap ? 2 : 1) {
      if (i > 0) text += spend(state, ", ");
      text += show(state, entries[i], depth + 1);
      if (isMap) text += spend(state, " => ") + show(state, entries[i + 1], depth + 1);
    }
    if (size > maxItems) text += spend(state, `, … ${size - maxItems} more`);
    return text + spend(state, " }");
  }

  function showMembers(state: State, value: object, prefix: string, depth: number): string {
    const keys = p.keys(value);
    if (keys.length === 0) return spend(state, `${prefix}{}`);
    let text = spend(state, `${prefix}{ `);
    for (let i = 0; i < keys.length && state.left > 0; i++) {
      if (i > 0) text += spend(state, ", ");
      if (i >= maxItems) {
        text += spend(state, `… ${keys.length - i} more`);
        break;
      }
      const key = keys[i] as string;
      text += spend(state, p.isPlainName(key) ? key : p.jsonStringify(key));
      text += spend(state, ": ");
      text += showProperty(state, value, key, depth);
    }
    return text + spend(state, " }");
  }

  function showProperty(state: State, value: object, key: string, depth: number): string {
    const descriptor = p.getOwnPropertyDescriptor(value, key);
    if (descriptor === undefined) return spend(state, "undefined");
    if (!p.hasOwn(descriptor, "value")) return spend(state, "[Getter]");
    return show(state, descriptor.value, depth + 1);
  }

  function showError(state: State, value: object, depth: number): string {
    // An own `stack` that is data is what the script wrote; else it is V8's, which our formatter makes.
    const stack = p.data(value, "stack") ?? p.errorStack(value);
    let text: string;
    if (typeof stack === "string" && stack !== "") text = stack;
    else {
      const name = p.data(value, "name");
      const message = p.data(value, "message");
      text = `${typeof name === "string" ? name : className(value)}: ${typeof message === "string" ? message : ""}`;
    }
    text = spend(state, text);
    const cause = p.data(value, "cause");
    if (cause !== undefined && depth < maxDepth) {
      text += spend(state, " [cause]: ");
      text += show(state, cause, depth + 1);
    }
    const errors = p.data(value, "errors");
    if (p.isArray(errors) && depth < maxDepth) {
      text += spend(state, " [errors]: ");
      text += show(state, errors, depth + 1);
    }
    return text;
  }

  return {
    inspect(value, maxLength) {
      return show({ left: maxLength, open: p.safeMap() }, value, 0);
    },
    format(args, maxLength) {
      const state: State = { left: maxLength, open: p.safeMap() };
      let text = "";
      for (let i = 0; i < args.length && state.left > 0; i++) {
        if (i > 0) text += spend(state, " ");
        const value = args[i];
        text += typeof value === "string" ? spend(state, value) : show(state, value, 0);
      }
      return text;
    },
  };
}
