/**
 * Takes away the built-ins whose memory the isolate's limit does not count, or whose callbacks would run outside every time
 * limit. Self-contained: part of the prelude, and the first thing it does.
 */
import type { Primordials } from "../../crossing/primordials.ts";

export function restrictGlobals(p: Primordials): void {
  const remove = (target: object, key: string): void => {
    delete (target as { [key: string]: unknown })[key];
  };

  /** A class of the language that is ours inside: it shows no source, and both it and what is inside make objects of `prototype`. */
  const asClass = (inner: object, name: string, prototype: object): object => {
    const outer = p.native(inner, name);
    p.fix(inner, "prototype", prototype);
    p.fix(outer, "prototype", prototype);
    return outer;
  };

  // Growable shared memory and WebAssembly memory reach 2-3 GB beside a small limit; `Atomics.wait` stops the thread.
  remove(p.globalObject, "SharedArrayBuffer");
  remove(p.globalObject, "Atomics");
  remove(p.globalObject, "WebAssembly");
  // V8's own console prints nowhere; ours takes its place.
  remove(p.globalObject, "console");

  // A resizable buffer reserves its maximum outside the isolate's accounts. A buffer of fixed length is counted, so the second
  // argument is dropped, and what would change a length later is taken away. `transfer` may change the length too.
  remove(p.arrayBufferPrototype, "resize");
  remove(p.arrayBufferPrototype, "transfer");
  remove(p.arrayBufferPrototype, "transferToFixedLength");
  const Real = p.ArrayBuffer;
  const bounded = function ArrayBuffer(length?: unknown): object {
    if (new.target === undefined) throw new p.TypeError("Constructor ArrayBuffer requires 'new'");
    return p.construct(Real as never, [length], new.target as never) as object;
  };
  const Bounded = asClass(bounded, "ArrayBuffer", p.arrayBufferPrototype);
  p.define(Bounded, "isView", p.isView, false);
  const species = p.getOwnPropertyDescriptor(Real, p.symbolSpecies);
  if (species !== undefined) p.defineProperty(Bounded, p.symbolSpecies, species);
  p.define(p.arrayBufferPrototype, "constructor", Bounded, false);
  p.define(p.globalObject, "ArrayBuffer", Bounded, false);

  // The standard lets an engine never call a clean-up callback. Ours never does: V8 would run it as a task of its own, on
  // another thread and under no limit. The registrations are accepted, so that honest code works.
  const registryPrototype = p.FinalizationRegistry.prototype as object;
  const inert = function FinalizationRegistry(this: object, cleanup: unknown): void {
    if (new.target === undefined) throw new p.TypeError("Constructor FinalizationRegistry requires 'new'");
    if (typeof cleanup !== "function")
      throw new p.TypeError("FinalizationRegistry: cleanup must be callable");
  };
  const Inert = asClass(inert, "FinalizationRegistry", registryPrototype);
  const quiet = {
    register(_target: unknown, _held: unknown, _token?: unknown): void {},
    unregister(_token: unknown): boolean {
      return false;
    },
  };
  p.define(registryPrototype, "register", p.native(quiet.register, "register"), false);
  p.define(registryPrototype, "unregister", p.native(quiet.unregister, "unregister"), false);
  p.define(registryPrototype, "constructor", Inert, false);
  p.define(p.globalObject, "FinalizationRegistry", Inert, false);
}
