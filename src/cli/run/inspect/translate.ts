/**
 * Between a debugger and V8's inspector: what the author sees is their own file. The code that runs begins with a line of ours and has no
 * types, with every character at its own place; so only the text is exchanged, and what is ours alone is left out.
 */
import { createHash } from "node:crypto";

/** Messages of the Chrome DevTools Protocol. */
export interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

export interface Authored {
  /** The author's text of a file, by the URL it runs under; `undefined` for a script of ours. */
  text(url: string): string | undefined;
  /** The file of ours that an isolate rests in. */
  readonly rest: string;
  /** Where `--inspect-brk` stops, if it does. */
  readonly stopAt: {
    readonly url: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  } | null;
}

export interface Translation {
  /** Code stands at a breakpoint, and the debugger knows. */
  readonly isStopped: boolean;
  /** From the debugger: what V8 is told, and what the debugger is answered without it. */
  fromDebugger(message: Message): {
    readonly toEngine: readonly Message[];
    readonly toDebugger: readonly Message[];
  };
  /** From V8: what the debugger is told. */
  fromEngine(message: Message): {
    readonly toEngine: readonly Message[];
    readonly toDebugger: readonly Message[];
  };
}

/** A message of V8's. What stands before the first character of a file is ours, and counts as its beginning. */
export function parseMessage(text: string): Message {
  return JSON.parse(text, (key, value: unknown) =>
    key === "columnNumber" && typeof value === "number" ? Math.max(0, value) : value,
  ) as Message;
}

/** Ids of requests of ours, above those of debuggers, which count from 1. */
const ours = { stop: 2_000_000_001, hide: 2_000_000_002, go: 2_000_000_003 };
const isOurs: ReadonlySet<number | undefined> = new Set(Object.values(ours));

/** Frames of ours are not stepped into. */
const hidden = "^isobind:prelude";

/** For one debugger. */
export function translation({ text, rest, stopAt }: Authored): Translation {
  const urls = new Map<string, string>();
  let stop: string | null = null;
  let hasStopped = false;
  /** As the debugger knows it; between entries an isolate rests. */
  let isStopped = false;
  let context: number | null = null;
  const nothing = { toEngine: [], toDebugger: [] };

  return {
    get isStopped() {
      return isStopped;
    },

    fromDebugger(message) {
      const { id, method, params = {} } = message;
      if (method === "Debugger.getScriptSource") {
        const scriptSource = text(urls.get(String(params["scriptId"])) ?? "");
        if (scriptSource !== undefined)
          return {
            toEngine: [],
            toDebugger: [{ ...(id !== undefined && { id }), result: { scriptSource } }],
          };
      }
      if (method !== undefined && isForStopped.has(method) && !isStopped)
        return { toEngine: [], toDebugger: [{ ...(id !== undefined && { id }), error: notStopped }] };
      if (method === "Debugger.setBlackboxPatterns") {
        const patterns = [...(params["patterns"] as readonly string[]), hidden];
        return { ...nothing, toEngine: [{ ...message, params: { ...params, patterns } }] };
      }
      // Without one V8 means the isolate's first context.
      if (
        method === "Runtime.evaluate" &&
        context !== null &&
        !("contextId" in params) &&
        !("uniqueContextId" in params)
      )
        return { ...nothing, toEngine: [{ ...message, params: { ...params, contextId: context } }] };
      if (method === "Debugger.enable") return { ...nothing, toEngine: [message, hide] };
      if (method === "Runtime.runIfWaitingForDebugger" && stopAt !== null) {
        const method = "Debugger.setBreakpointByUrl";
        return {
          ...nothing,
          toEngine: [{ id: ours.stop, method, params: { ...stopAt } }, message],
        };
      }
      return { ...nothing, toEngine: [message] };
    },

    fromEngine(message) {
      const { id, method, params = {}, result } = message;
      if (id === ours.stop) stop = (result as { breakpointId?: string } | undefined)?.breakpointId ?? null;
      if (isOurs.has(id)) return nothing;
      if (method === "Debugger.scriptParsed") {
        const url = String(params["url"]);
        urls.set(String(params["scriptId"]), url);
        const source = text(url);
        if (source === undefined)
          return url.startsWith("isobind:") ? nothing : { ...nothing, toDebugger: [message] };
        return { ...nothing, toDebugger: [{ ...message, params: { ...params, ...extentOf(source) } }] };
      }
      if (method === "Runtime.executionContextCreated") {
        const created = params["context"] as { readonly id: number; readonly name?: string };
        // The isolate's first context, which no script ever sees.
        if (created.name === "default") return nothing;
        context = created.id;
        return {
          ...nothing,
          toDebugger: [{ ...message, params: { ...params, context: { ...created, name: "script" } } }],
        };
      }
      if (method === "Debugger.resumed" && !isStopped) return nothing;
      if (method === "Debugger.resumed") isStopped = false;
      if (method === "Debugger.paused") {
        const [top] = params["callFrames"] as readonly Frame[];
        if (top !== undefined && urls.get(top.location.scriptId) === rest) return nothing;
        isStopped = true;
        const frames = (params["callFrames"] as readonly Frame[]).filter(
          ({ location }) => urls.get(location.scriptId)?.startsWith("isobind:") !== true,
        );
        const hit = (params["hitBreakpoints"] ?? []) as readonly string[];
        // It stays where it is: V8 sometimes forgets the others with one that is removed.
        const isStop = stop !== null && hit.includes(stop);
        const change = isStop
          ? { reason: "Break on start", hitBreakpoints: hit.filter((one) => one !== stop) }
          : {};
        if (isStop && hasStopped && hit.length === 1)
          return { ...nothing, toEngine: [{ id: ours.go, method: "Debugger.resume" }] };
        hasStopped ||= isStop;
        return {
          ...nothing,
          toDebugger: [
            { ...message, params: { ...params, callFrames: frames, ...authored(params), ...change } },
          ],
        };
      }
      return { ...nothing, toDebugger: [message] };
    },
  };
}

/** Who has called across an `await`, without frames of ours. */
function authored({ asyncStackTrace }: Readonly<Record<string, unknown>>): {
  readonly asyncStackTrace?: AsyncStack;
} {
  const without = ({ callFrames, parent, ...stack }: AsyncStack): AsyncStack => ({
    ...stack,
    callFrames: callFrames.filter(({ url }) => !url.startsWith("isobind:")),
    ...(parent !== undefined && { parent: without(parent) }),
  });
  return asyncStackTrace === undefined ? {} : { asyncStackTrace: without(asyncStackTrace as AsyncStack) };
}

interface AsyncStack {
  readonly callFrames: readonly { readonly url: string }[];
  readonly parent?: AsyncStack;
}

/** Would end a rest. */
const isForStopped: ReadonlySet<string> = new Set(
  ["resume", "stepInto", "stepOut", "stepOver", "continueToLocation"].map((name) => `Debugger.${name}`),
);
const notStopped = { code: -32000, message: "Can only perform operation while paused." };

const hide: Message = {
  id: ours.hide,
  method: "Debugger.setBlackboxPatterns",
  params: { patterns: [hidden] },
};

interface Frame {
  readonly location: { readonly scriptId: string };
}

/** Where a text begins and ends, and what it is known by: debuggers compare it with the file on disk. */
function extentOf(source: string): object {
  const lines = source.split("\n");
  return {
    startLine: 0,
    startColumn: 0,
    endLine: lines.length - 1,
    endColumn: lines.at(-1)?.length ?? 0,
    length: source.length,
    hash: createHash("sha256").update(source).digest("hex"),
  };
}
