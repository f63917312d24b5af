/**
 * Makes leaf functions, and sends the calls that leave through them. What a guest can touch here are functions without a
 * prototype; the callbacks into the host stay in closures.
 *
 * A leaf first makes everything that shall cross (guest code may run: accessors, proxies), then calls the host (no guest code
 * runs), then turns the reply into values of this realm. Self-contained: part of the prelude.
 */
import type { Encode, Encoded } from "../../crossing/encode.ts";
import type { Delivery, Take, Transfer } from "../../crossing/transfer.ts";
import type { GuestExcluded } from "../../seam.ts";
import type { Errors } from "./errors.ts";
import type { Primordials } from "../../crossing/primordials.ts";
import type { Stacks } from "./stacks.ts";

/** The ways out. Both answer with the reply of a synchronous call, and with the id of an asynchronous one. */
export interface HostCalls {
  /** Every leaf's way for primitive arguments as they are. */
  readonly first: (leaf: number, ...args: readonly unknown[]) => unknown;
  /** A leaf's own way for them; asked for at its second call, because an argument less is a cheaper call, and asking as dear as one. */
  readonly flat: (leaf: number) => FlatCall;
  /** Every leaf's way for arguments that had to be encoded. */
  readonly packed: (leaf: number, ...value: Parameters<Take>) => unknown;
}
export type FlatCall = (...args: readonly unknown[]) => unknown;

export interface BindingTools {
  readonly encode: Encode;
  readonly transfer: () => Transfer;
  /** The value in what the host delivers. */
  readonly read: (delivery: Parameters<Transfer["unpack"]>[0]) => unknown;
  /** The error in it, which is given the frames of its call; what it holds of errors has those of `site`. */
  readonly readError: (delivery: Parameters<Transfer["unpack"]>[0], site: () => object) => unknown;
  readonly errors: Errors;
  readonly stacks: Stacks;
}

export type Bindings = ReturnType<typeof makeBindings>;

export function makeBindings(p: Primordials, tools: BindingTools, host: HostCalls) {
  const { encode, transfer, read, readError, errors, stacks } = tools;
  interface Waiting {
    readonly resolve: (value: unknown) => void;
    readonly reject: (reason: unknown) => void;
    /** Where the guest made the call: the stack of a later rejection. */
    readonly site: object;
  }
  const waiting = p.safeMap<number, Waiting>();

  /** True for few primitives well inside the limit: they go as they are. */
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

  /** Most scripts call a leaf once. */
  function sendFirst(leaf: number, args: readonly unknown[]): unknown {
    const { first } = host;
    switch (args.length) {
      case 0:
        return first(leaf);
      case 1:
        return first(leaf, args[0]);
      case 2:
        return first(leaf, args[0], args[1]);
      case 3:
        return first(leaf, args[0], args[1], args[2]);
      default:
        return first(leaf, args[0], args[1], args[2], args[3]);
    }
  }

  /** `send`: the leaf's own way, which it has from its second call on. */
  function sendFlat(send: FlatCall | undefined, leaf: number, args: readonly unknown[]): unknown {
    if (send === undefined) return sendFirst(leaf, args);
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

  /** Encodes the arguments; throws the guest's own error when one of them may not cross. */
  function pack(args: readonly unknown[], name: string, maxBytes: number, above: unknown): Encoded {
    const encoded = encode(args, maxBytes);
    if (encoded.refusal === undefined) return encoded;
    const { head } = encoded.refusal;
    const error = errors.refused(
      encoded.refusal,
      name,
      typeof head === "number" ? `argument ${head + 1}` : undefined,
    );
    stacks.trim(error, above);
    throw error;
  }

  function send(leaf: number, encoded: Encoded): unknown {
    return transfer().send(host.packed, leaf, encoded);
  }

  /** The host side never throws; what is caught here is a failure of the bridge itself, such as an exhausted stack. */
  function failed(name: string, above: unknown): Error {
    const error = errors.make(
      "Error",
      `${name}: the call could not be carried out`,
      undefined,
      "ERR_BINDING_FAILED",
    );
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

  /** What a synchronous call returns for the text or list that answered it. */
  function open(delivery: string | object, name: string, above: unknown): unknown {
    const kind = (delivery as string)[0];
    if (kind === "s") return p.stringSlice(delivery as string, 1);
    if (kind === "p") return promiseFor(p.Number(p.stringSlice(delivery as string, 1)), stacks.site(above));
    if (kind !== "e") return read(delivery as string);
    const error = readError(delivery as string, () => stacks.site(above));
    if (typeof error !== "object" || error === null) throw failed(name, above);
    stacks.trim(error as Error, above);
    throw error;
  }

  /** Makes one leaf: `key` is its last name, `name` the dotted one, `leaf` its number in the setup. */
  // Arrow functions: they have no `prototype` and cannot be constructed, and neither can what is bound to them.
  function syncLeaf(key: string, name: string, leaf: number, maxBytes: number): object {
    let flat: FlatCall | undefined;
    let isCalled = false;
    const self = (...args: unknown[]): unknown => {
      let reply: unknown;
      if (isFlat(args, maxBytes)) {
        try {
          if (isCalled) flat ??= host.flat(leaf);
          isCalled = true;
          reply = sendFlat(flat, leaf, args);
        } catch {
          throw failed(name, self);
        }
      } else {
        const encoded = pack(args, name, maxBytes, self);
        try {
          reply = send(leaf, encoded);
        } catch {
          throw failed(name, self);
        }
      }
      if (typeof reply !== "string" && (typeof reply !== "object" || reply === null)) return reply;
      return open(reply, name, self);
    };
    return p.native(self, key);
  }

  // Everything that goes wrong with an asynchronous call is a rejection, wrong arguments too: a caller has one place to look.
  function asyncLeaf(key: string, name: string, leaf: number, maxBytes: number): object {
    let flat: FlatCall | undefined;
    let isCalled = false;
    const self = (...args: unknown[]): unknown => {
      let id: unknown;
      let encoded: Encoded | undefined;
      if (!isFlat(args, maxBytes)) {
        try {
          encoded = pack(args, name, maxBytes, self);
        } catch (error) {
          return rejected(error);
        }
      }
      try {
        if (encoded !== undefined) id = send(leaf, encoded);
        else {
          if (isCalled) flat ??= host.flat(leaf);
          isCalled = true;
          id = sendFlat(flat, leaf, args);
        }
      } catch {
        // Never what was thrown: it is not of this realm, and its stack may name files of the host.
        return rejected(failed(name, self));
      }
      return promiseFor(id as number, stacks.site(self));
    };
    return p.native(self, key);
  }

  /** A leaf outside the script's profile: the way into the host does not exist, and what is called is the explanation. */
  function excludedLeaf(key: string, { mode, message }: GuestExcluded): object {
    const self = (): unknown => {
      const error = errors.make("TypeError", message, undefined, "ERR_BINDING_PROFILE");
      stacks.trim(error, self);
      if (mode !== "async") throw error;
      return rejected(error);
    };
    return p.native(self, key);
  }

  function settle(id: number, answer: Delivery): void {
    const call = waiting.get(id);
    if (call === undefined) return;
    waiting.delete(id);
    if (answer === null || (typeof answer !== "string" && typeof answer !== "object")) {
      call.resolve(answer);
      return;
    }
    const kind = answer[0];
    if (kind === "s") {
      call.resolve(p.stringSlice(answer as string, 1));
      return;
    }
    if (kind !== "e") {
      call.resolve(read(answer));
      return;
    }
    const error = readError(answer, () => call.site);
    stacks.place(error as Error, call.site);
    call.reject(error);
  }

  /** The script's frames where a call that waits for its answer was made. */
  function where(id: number): string {
    const call = waiting.get(id);
    return call === undefined ? "" : stacks.frames(call.site);
  }

  return { syncLeaf, asyncLeaf, excludedLeaf, settle, where };
}
