/**
 * Decides what `error.stack` shows a guest. The prelude's own frames are left out, and `Error.prepareStackTrace` is ours and
 * locked: V8 hands its argument list to whoever sits there, on every error, at moments when no limit of ours is running.
 *
 * Self-contained: part of the prelude.
 */
import type { Primordials } from "../../crossing/primordials.ts";

export type Stacks = ReturnType<typeof makeStacks>;

export function makeStacks(p: Primordials, preludeName: string) {
  /** What we use of V8's CallSite. A guest never holds one, so that its methods cannot be replaced. */
  interface CallSite {
    getFileName(): string | null | undefined;
    getScriptNameOrSourceURL(): string | null | undefined;
    getFunctionName(): string | null;
    getLineNumber(): number | null;
    toString(): string;
  }
  const isSite = p.safeMap<object, true>();

  /** Where V8 knows no better it gives the place of the function we put around a script, left of its first column. */
  function shown(site: CallSite): string {
    const text = site.toString();
    // Only there; searching costs, and a script can give its functions names of any length.
    if (site.getLineNumber() !== 1) return text;
    const at = p.stringIndexOf(text, ":1:-");
    if (at < 0) return text;
    return `${p.stringSlice(text, 0, at)}:1:1${p.stringSlice(text, -1) === ")" ? ")" : ""}`;
  }

  /** Of the prelude, or of a text it was handed later, which names itself in its last line. */
  function isOurs(site: CallSite): boolean {
    const file = site.getFileName();
    if (file === preludeName) return true;
    return typeof file !== "string" && site.getScriptNameOrSourceURL() === preludeName;
  }

  /** A built-in that the prelude has called, such as the `next` of a module; and what reads an export, which has a number for its name. */
  function isOfLinking(site: CallSite, caller: CallSite | undefined): boolean {
    if (typeof site.getFileName() !== "string")
      return caller !== undefined && caller.getFileName() === preludeName;
    if (site.getLineNumber() !== 1 || p.stringIndexOf(site.toString(), ":1:-") < 0) return false;
    const name = site.getFunctionName();
    if (name === null || name === "") return false;
    const first = p.charCodeAt(name, 0);
    return first >= 48 && first <= 57;
  }

  function format(error: unknown, sites: readonly CallSite[]): string {
    let text = "";
    if (typeof error === "object" && error !== null && !isSite.has(error)) {
      try {
        text = p.errorToString(error);
      } catch {
        text = "<error>";
      }
    }
    for (let i = 0; i < sites.length; i++) {
      const site = sites[i];
      if (site === undefined || isOurs(site) || isOfLinking(site, sites[i + 1])) continue;
      text += `\n    at ${shown(site)}`;
    }
    return text;
  }

  // V8 takes no bound function here, so that this one shows its source: it is kept as short as it can be.
  const { prepareStackTrace } = {
    prepareStackTrace(error: unknown, sites: readonly CallSite[]): string {
      return format(error, sites);
    },
  };
  p.defineProperty(p.Error, "prepareStackTrace", {
    __proto__: null,
    value: prepareStackTrace,
    writable: false,
    enumerable: false,
    configurable: false,
  } as PropertyDescriptor);

  const capture = p.captureStackTrace;

  /** The frames of a site taken earlier, each on a line of its own; empty when there are none to show. */
  function frames(site: object): string {
    let text: unknown;
    isSite.set(site, true);
    try {
      text = (site as { stack?: unknown }).stack;
    } catch {
      // Functions with names too long for one string.
    }
    isSite.delete(site);
    return typeof text === "string" ? text : "";
  }

  return {
    frames,
    /** Marks where the guest called us: the frames above `above` will be cut. */
    site(above: unknown): object {
      // Without the property: V8 takes a quarter longer to replace one.
      const site = new p.Bare();
      if (capture !== undefined) capture(site, above);
      return site;
    },
    /** Gives `error` the frames of a site taken earlier, when the guest made the call. */
    place(error: Error, site: object): void {
      let text = "Error";
      try {
        text = p.errorToString(error);
      } catch {
        // A name or message that cannot be read is not worth more words.
      }
      try {
        p.define(error, "stack", text + frames(site), false);
      } catch {
        // What reads a name may be a script's, and may have frozen the error. Its call is answered all the same.
      }
    },
    /** Gives `error` the guest's current frames, cutting everything above and including `above`. */
    trim(error: Error, above: unknown): void {
      if (capture !== undefined) capture(error, above);
    },
    /** What is made, and every error in it, without the frames here: for errors that are given others. */
    unplaced<Made>(make: () => Made): Made {
      const limit = p.getOwnPropertyDescriptor(p.Error, "stackTraceLimit");
      // A script may have made it an accessor, or such that nobody can write it.
      if (limit === undefined || !p.hasOwn(limit, "value") || limit.writable !== true) return make();
      try {
        p.Error.stackTraceLimit = 0;
        return make();
      } finally {
        p.Error.stackTraceLimit = limit.value as number;
      }
    },
  };
}
