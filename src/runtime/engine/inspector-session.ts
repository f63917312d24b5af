/**
 * A session of V8's inspector as isolated-vm gives it, with what it needs beside: a message that arrives while code stands at a breakpoint may be
 * left lying until the next one comes; and a session that is disposed while it has something to say ends the process. So
 * questions without an answer are followed by small ones, and sessions are never disposed: whoever uses them ends with the process.
 */
import { setTimeout } from "../time.ts";
import type { IsolatedVm } from "./load.ts";

export interface Session {
  /** A request of the Chrome DevTools Protocol, as JSON. */
  send(message: string): void;
  /** Lets go: breakpoints are gone, code that stands at one goes on, and nothing more is heard. */
  close(): void;
}

/** Opens a session for one who listens at a time. */
export type OpenSession = (onMessage: (message: string) => void) => Session;

/** What a debugger may have turned on. */
const domains = ["Debugger", "Runtime", "Profiler", "HeapProfiler"];
/** Ids of our own requests; debuggers count from 1. */
const firstOwn = 2_100_000_000;
const soonMs = 25;
const laterMs = 1000;

/** To be called before code runs: isolated-vm would wait until that has come back, and at a breakpoint it does not. */
export function prepareSession(isolate: IsolatedVm.Isolate): OpenSession {
  const session = isolate.createInspectorSession();
  const unanswered = new Set<number>();
  let listener: ((message: string) => void) | null = null;
  let own = firstOwn;
  let isFollowing = false;

  session.onNotification = (message) => listener?.(message);
  session.onResponse = (id, message) => {
    unanswered.delete(id);
    if (id < firstOwn) listener?.(message);
  };

  const ask = (method: string): number => {
    const id = own++;
    session.dispatchProtocolMessage(JSON.stringify({ id, method }));
    return id;
  };
  const follow = (ms: number): void => {
    if (unanswered.size === 0) {
      isFollowing = false;
      return;
    }
    isFollowing = true;
    setTimeout(() => {
      if (unanswered.size > 0) ask("Runtime.getIsolateId");
      follow(Math.min(ms * 2, laterMs));
    }, ms).unref();
  };
  const expect = (id: number): void => {
    unanswered.add(id);
    if (!isFollowing) follow(soonMs);
  };

  return (onMessage) => {
    listener = onMessage;
    return {
      send(message) {
        if (listener !== onMessage) return;
        const { id } = JSON.parse(message) as { readonly id?: number };
        session.dispatchProtocolMessage(message);
        if (id !== undefined) expect(id);
      },
      close() {
        if (listener !== onMessage) return;
        listener = null;
        unanswered.clear();
        for (const domain of domains) expect(ask(`${domain}.disable`));
      },
    };
  };
}
