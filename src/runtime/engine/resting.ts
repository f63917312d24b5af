/**
 * Keeps an isolate with a debugger on one thread. V8 numbers breakpoints anew on each thread that enters an isolate, and isolated-vm takes any
 * of its threads, so that two breakpoints may get one number and one of them is lost. An isolate that is never left stays where it is: between
 * entries it rests at a `debugger` statement of ours, where messages of debuggers are answered, and goes on when there is
 * something to do behind it.
 */
import { prepareSession, type OpenSession, type Session } from "./inspector-session.ts";
import type { IsolatedVm } from "./load.ts";

/** The file that rests are in. Debuggers are not told of it. */
export const restName = "isobind:rest";

export class Resting {
  readonly #open: OpenSession;
  #keeper: Session | null = null;
  readonly #rest: IsolatedVm.Reference<() => void>;
  /** Rests that were asked for, that have begun, and that shall be over. */
  #asked = 0;
  #begun = 0;
  #wanted = 0;
  #last: Promise<unknown> = Promise.resolve();
  #wishes: (() => void)[] = [];

  constructor(isolate: IsolatedVm.Isolate, context: IsolatedVm.Context) {
    const script = isolate.compileScriptSync("(() => { debugger; })", { filename: restName });
    this.#rest = script.runSync(context, { reference: true }) as IsolatedVm.Reference<() => void>;
    this.#open = prepareSession(isolate);
  }

  /** From now on the isolate is never left. */
  start(): void {
    if (this.#keeper !== null) return;
    let restId = "";
    this.#keeper = this.#open((text) => {
      const { id, method, params } = JSON.parse(text) as Notification;
      if (id === 3) for (const wish of this.#wishes.splice(0)) wish();
      if (method === "Debugger.scriptParsed" && params.url === restName) restId = params.scriptId ?? "";
      if (method !== "Debugger.paused" || params.callFrames?.[0]?.location.scriptId !== restId) return;
      this.#begun++;
      if (this.#begun <= this.#wanted) this.#goOn();
    });
    this.#keeper.send(`{"id":1,"method":"Debugger.enable"}`);
    // What all who listen agree on is not stepped into.
    this.#keeper.send(
      `{"id":2,"method":"Debugger.setBlackboxPatterns","params":{"patterns":["^isobind:prelude"]}}`,
    );
    this.begin();
  }

  /** Rests behind everything that was entered before. */
  begin(): void {
    if (this.#keeper === null) return;
    this.#asked++;
    this.#last = this.#rest.apply(undefined, []).catch(() => undefined);
  }

  /** Does something as soon as the isolate goes on: while it rests V8 takes every other wish to stop for fulfilled. */
  whenGoing(wish: () => void): void {
    this.#wishes.push(wish);
  }

  /** What was entered since the last rest goes on. */
  end(): Promise<unknown> {
    const isResting = this.#begun > this.#wanted;
    this.#wanted = this.#asked;
    if (isResting) this.#goOn();
    return this.#last;
  }

  #goOn(): void {
    this.#keeper?.send(`{"id":3,"method":"Debugger.resume"}`);
  }
}

interface Notification {
  readonly id?: number;
  readonly method?: string;
  readonly params: {
    readonly url?: string;
    readonly scriptId?: string;
    readonly callFrames?: readonly { readonly location: { readonly scriptId: string } }[];
  };
}
