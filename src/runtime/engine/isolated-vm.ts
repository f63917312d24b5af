/**
 * Implements the engine with isolated-vm, an addon of Node that makes isolates of the V8 this very process runs on.
 */
import { createIsolate } from "./create-isolate.ts";
import {
  RefusedCode,
  type Callback,
  type Engine,
  type Entered,
  type Entry,
  type Inside,
  type Isolate,
  type Look,
  type ModuleText,
  type OwnCode,
} from "./engine.ts";
import { loadEngine, useEngine, type IsolatedVm } from "./load.ts";
import { compileOwn } from "./own-code.ts";
import { lookLater, lookNow } from "./rejections.ts";

export const isolatedVm: Engine = {
  load: () => void loadEngine(),
  loadFrom: useEngine,
  createIsolate(memoryMb) {
    if (makeWithTool !== null) return makeWithTool(memoryMb);
    const { isolate, context } = createIsolate(memoryMb);
    return new IsolatedVmIsolate(isolate, context);
  },
};

type MakeIsolate = (memoryMb: number) => Isolate;
let makeWithTool: MakeIsolate | null = null;

/** Until the answer is called, isolates of this process are made with a tool for the author of a script: an inspector, a profile. */
export function makeIsolatesWith(make: MakeIsolate): () => void {
  makeWithTool = make;
  return () => (makeWithTool = null);
}

export type Reference = IsolatedVm.Reference<(...args: never[]) => unknown>;

export class IsolatedVmIsolate implements Isolate {
  readonly isOnThisThread: boolean = true;
  readonly #isolate: IsolatedVm.Isolate;
  readonly #context: IsolatedVm.Context;
  readonly #Callback = loadEngine().Callback;
  /** The code that is rehearsed in this context: compiled, and in no cache yet. */
  readonly #rehearsed: IsolatedVm.Script | null;

  constructor(
    isolate: IsolatedVm.Isolate,
    context: IsolatedVm.Context,
    rehearsed: IsolatedVm.Script | null = null,
  ) {
    this.#isolate = isolate;
    this.#context = context;
    this.#rehearsed = rehearsed;
  }

  /** isolated-vm calls it processor time, and measures it with a clock of the wall. */
  get busyTime(): bigint {
    return this.#isolate.cpuTime;
  }

  get isGone(): boolean {
    return this.#isolate.isDisposed;
  }

  start(code: OwnCode, args: readonly (string | Callback)[]): (name: string) => Entry {
    const script = this.#rehearsed ?? compileOwn(this.#isolate, code, (own) => this.#rehearse(code, own));
    const main = script.runSync(this.#context, { reference: true }) as Reference;
    const result = main.applySync(undefined, args as never[], {
      arguments: { copy: true },
      result: { reference: true },
    }) as unknown as IsolatedVm.Reference<Readonly<Record<string, unknown>>>;
    return (name) => result.getSync(name, { reference: true }) as unknown as Entry;
  }

  /** In a context of its own, which is thrown away. */
  #rehearse(code: OwnCode, script: IsolatedVm.Script): void {
    const context = this.#isolate.createContextSync();
    code.rehearse(new IsolatedVmIsolate(this.#isolate, context, script));
    context.release();
  }

  callback(call: (...args: never[]) => unknown): Callback {
    return new this.#Callback(call, { sync: true }) as unknown as Callback;
  }

  compile({ code, filename, columnOffset }: ModuleText, timeLeft: () => number): Inside {
    try {
      const compiled = this.#isolate.compileModuleSync(code, { filename, columnOffset });
      compiled.instantiateSync(this.#context, importsNothing);
      compiled.evaluateSync(limited(timeLeft()));
      return compiled.namespace.derefInto() as unknown as Inside;
    } catch (error) {
      throw error instanceof SyntaxError ? refused(error) : error;
    }
  }

  enter(entry: Entry, args: readonly unknown[], timeout = 0): Entered {
    try {
      (entry as unknown as Reference).applySync(undefined, args as never[], {
        arguments: { copy: true },
        ...limited(timeout),
      });
    } catch (error) {
      // What every entry with guest code inside ends with.
      if (error !== undefined) throw error;
    }
  }

  warmUp(entry: Entry, args: readonly unknown[]): void {
    this.compile(nothing, () => 0);
    void this.enter(entry, args);
  }

  whyEnded(error: unknown): "time" | "memory" | null {
    if (this.#isolate.isDisposed || isAllocationFailure(error)) return "memory";
    // Nothing a script threw comes out of an entry, so that these are isolated-vm's words.
    return error instanceof Error && error.message === "Script execution timed out." ? "time" : null;
  }

  look(): Look {
    return lookNow(this.#isolate);
  }

  lookLater(): Promise<Look> {
    return lookLater(this.#isolate);
  }

  dispose(): void {
    if (!this.#isolate.isDisposed) this.#isolate.dispose();
  }
}

const nothing: ModuleText = { code: "export default 0", filename: "", columnOffset: 0 };

export function limited(timeout: number): { readonly timeout?: number } {
  return timeout > 0 ? { timeout } : {};
}

function importsNothing(): never {
  throw new Error("A script imports a module.");
}

/** isolated-vm writes the place behind V8's message. */
function refused({ message }: SyntaxError): RefusedCode {
  const match = / \[(.*):(\d+):(\d+)\]$/.exec(message);
  return match
    ? new RefusedCode(message.slice(0, match.index), `${match[2]}:${match[3]}`)
    : new RefusedCode(message, "1:1");
}

/** What the host sent did not fit into the isolate any more. */
function isAllocationFailure(error: unknown): boolean {
  return error instanceof RangeError && error.message.includes("allocation failed");
}
