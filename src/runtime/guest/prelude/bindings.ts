/**
 * Bindings: leaf functions, and the calls that leave through them. What a guest can touch here are functions without a
 * prototype; the callbacks into the host stay in closures.
 *
 * A leaf first makes everything that shall cross (guest code may run: accessors, proxies), then calls the host (no guest code
 * runs), then turns the reply into values of this realm. Self-contained: part of the prelude.
 */
import type { GuestExcluded, Parcel } from "../../seam.ts";
import type { Clone } from "./clone.ts";
import type { Errors } from "./errors.ts";
import type { Primordials } from "./primordials.ts";
import type { Stacks } from "./stacks.ts";

/**
 * A reply in its shape on the wire: a primitive stands for itself, everything else comes in an envelope of 0 (value),
 * 1 (error) or 2 (pending, with the id of the call).
 */
export type Envelope = readonly [0 | 1, Parcel] | readonly [2, number];
/** Settled calls: the id of one, its reply, the id of the next. One list, because a pair for each would be one more object to copy. */
export type Settled = readonly unknown[];

/** The ways out. Both answer with the reply of a synchronous call, and with the id of an asynchronous one. */
export interface HostCalls {
  /** A leaf's own way for primitive arguments as they are; asked for once, because an argument less is a cheaper call. */
  readonly flat: (leaf: number) => FlatCall;
  /** Every leaf's way for arguments that had to be copied. */
  readonly packed: (leaf: number, parcel: Parcel) => unknown;
}
export type FlatCall = (...args: readonly unknown[]) => unknown;

export interface BindingTools {
  readonly clone: Clone;
  /** The value of a parcel from the host. */
  readonly revive: (parcel: Parcel) => unknown;
  readonly errors: Errors;
  readonly stacks: Stacks;
}

/** Makes one leaf: `key` is its last name, `name` the dotted one, `leaf` its number in the setup. */
export type MakeLeaf = (key: string, name: string, leaf: number, maxBytes: number) => object;

export interface Bindings {
  readonly syncLeaf: MakeLeaf;
  readonly asyncLeaf: MakeLeaf;
  excludedLeaf(key: string, excluded: GuestExcluded): object;
  settle(batch: Settled): void;
  /** The script's frames where a call that waits for its answer was made. */
  where(id: number): string;
}

export function makeBindings(p: Primordials, tools: BindingTools, host: HostCalls): Bindings {
  const { clone, revive, errors, stacks } = tools;
  interface Waiting {
    readonly resolve: (value: unknown) => void;
    readonly reject: (reason: unknown) => void;
    /** Where the guest made the call: the stack of a later rejection. */
    readonly site: object;
  }
  const waiting = p.safeMap<number, Waiting>();

  /** True for few primitives well inside the limit: they need no copy, and cost a host nothing worth counting. */
  function isFlat(args: readonly unknown[], maxBytes: number): boolean {
    const count = args.length;
    if (count > 4) return false;
    let left = maxBytes;
    for (let i = 0; i < count; i++) {
      const value = args[i];
      left -= 8;
      switch (typeof value) {
        case "number":
        case "boolean":
        case "undefined":
          break;
        case "string":
          left -= value.length * 2;
          break;
        default:
          if (value !== null) return false;
      }
    }
    return left >= 0;
  }

  function sendFlat(send: FlatCall, args: readonly unknown[]): unknown {
    // No spread: it would walk the guest's own array iterator.
    switch (args.length) {
      case 0:
        return send();
      case 1:
        return send(args[0]);
      case 2:
        return send(args[0], args[1]);
      case 3:
        return send(args[0], args[1], args[2]);
      default:
        return send(args[0], args[1], args[2], args[3]);
    }
  }

  /** Copies the arguments; throws the guest's own error when one of them may not cross. */
  function pack(args: readonly unknown[], name: string, maxBytes: number, above: unknown): Parcel {
    const cloned = clone.clone(args, maxBytes);
    if (cloned.refusal !== undefined) {
      const { head } = cloned.refusal;
      const error = errors.refused(
        cloned.refusal,
        name,
        typeof head === "number" ? `argument ${head + 1}` : undefined,
      );
      stacks.trim(error, above);
      throw error;
    }
    const parcel = new p.Bare();
    parcel.value = cloned.value;
    if (cloned.errors !== undefined) parcel.errors = cloned.errors;
    return parcel as unknown as Parcel;
  }

  /** The host side never throws; what is caught here is a failure of the bridge itself, such as an exhausted stack. */
  function failed(name: string, above: unknown): Error {
    const error = new p.Error(`${name}: the call could not be carried out`);
    p.defineProperty(error, "code", {
      __proto__: null,
      value: "ERR_BINDING_FAILED",
      writable: true,
      enumerable: true,
      configurable: true,
    } as PropertyDescriptor);
    stacks.trim(error, above);
    return error;
  }

  function promiseFor(id: number, site: object): Promise<unknown> {
    return new p.Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject, site });
    });
  }

  function rejected(error: unknown): Promise<unknown> {
    return new p.Promise((_resolve, reject) => {
      reject(error);
    });
  }

  function open(reply: unknown, name: string, above: unknown): unknown {
    if (typeof reply !== "object" || reply === null) return reply;
    const envelope = reply as Envelope;
    if (envelope[0] === 2) return promiseFor(envelope[1], stacks.site(above));
    const value = revive(envelope[1]);
    if (envelope[0] === 0) return value;
    if (typeof value !== "object" || value === null) throw failed(name, above);
    stacks.trim(value as Error, above);
    throw value;
  }

  // What holds a leaf has no prototype: V8 keeps such an object as a hash table, instead of a hidden class for every name.
  function syncLeaf(key: string, name: string, leaf: number, maxBytes: number): object {
    let flat: FlatCall | undefined;
    const holder: { readonly [key: string]: (...args: unknown[]) => unknown } = {
      __proto__: null as never,
      [key](...args) {
        let reply: unknown;
        if (isFlat(args, maxBytes)) {
          try {
            reply = sendFlat((flat ??= host.flat(leaf)), args);
          } catch {
            throw failed(name, self);
          }
        } else {
          const parcel = pack(args, name, maxBytes, self);
          try {
            reply = host.packed(leaf, parcel);
          } catch {
            throw failed(name, self);
          }
        }
        return typeof reply !== "object" || reply === null ? reply : open(reply, name, self);
      },
    };
    const self = holder[key] as object;
    return p.native(self, key);
  }

  // Everything that goes wrong with an asynchronous call is a rejection, wrong arguments too: a caller has one place to look.
  function asyncLeaf(key: string, name: string, leaf: number, maxBytes: number): object {
    let flat: FlatCall | undefined;
    const holder: { readonly [key: string]: (...args: unknown[]) => unknown } = {
      __proto__: null as never,
      [key](...args) {
        let id: unknown;
        let parcel: Parcel | undefined;
        if (!isFlat(args, maxBytes)) {
          try {
            parcel = pack(args, name, maxBytes, self);
          } catch (error) {
            return rejected(error);
          }
        }
        try {
          id = parcel === undefined ? sendFlat((flat ??= host.flat(leaf)), args) : host.packed(leaf, parcel);
        } catch {
          // Never what was thrown: it is not of this realm, and its stack may name files of the host.
          return rejected(failed(name, self));
        }
        return promiseFor(id as number, stacks.site(self));
      },
    };
    const self = holder[key] as object;
    return p.native(self, key);
  }

  /** A leaf outside the script's profile: the way into the host does not exist, and what is called is the explanation. */
  function excludedLeaf(key: string, { mode, message }: GuestExcluded): object {
    const holder: { readonly [key: string]: () => unknown } = {
      __proto__: null as never,
      [key]() {
        const error = errors.make({ class: "TypeError", message, code: "ERR_BINDING_PROFILE" });
        stacks.trim(error, self);
        if (mode !== "async") throw error;
        return new p.Promise((_resolve, reject) => {
          reject(error);
        });
      },
    };
    const self = holder[key] as object;
    return p.native(self, key);
  }

  function settle(batch: Settled): void {
    for (let i = 0; i < batch.length; i += 2) {
      const id = batch[i] as number;
      const call = waiting.get(id);
      if (call === undefined) continue;
      waiting.delete(id);
      const reply = batch[i + 1];
      if (typeof reply !== "object" || reply === null) {
        call.resolve(reply);
        continue;
      }
      const envelope = reply as Exclude<Envelope, readonly [2, number]>;
      const value = revive(envelope[1]);
      if (envelope[0] === 0) {
        call.resolve(value);
        continue;
      }
      stacks.place(value as Error, call.site);
      call.reject(value);
    }
  }

  function where(id: number): string {
    const call = waiting.get(id);
    return call === undefined ? "" : stacks.frames(call.site);
  }

  return { syncLeaf, asyncLeaf, excludedLeaf, settle, where };
}
