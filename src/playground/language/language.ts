/** Asks the thread of the compiler, which is started with the first question. */
import { Worker } from "node:worker_threads";
import type { Against, FromLanguage, LanguageQuestion, ToLanguage } from "./messages.ts";

export interface Language {
  ask(against: Against, question: LanguageQuestion): Promise<unknown>;
  close(): Promise<void>;
}

export function openLanguage(): Language {
  let worker: Worker | null = null;
  let count = 0;
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();

  function start(): Worker {
    const started = new Worker(new URL("./thread.js", import.meta.url));
    started.on("message", ({ id, answer, failure }: FromLanguage) => {
      const asked = waiting.get(id);
      waiting.delete(id);
      if (failure === undefined) asked?.resolve(answer);
      else asked?.reject(new Error(failure));
    });
    started.on("error", (error) => {
      worker = null;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    });
    // The command ends when it is told to, not when its compiler has nothing to do.
    started.unref();
    return started;
  }

  return {
    ask(against, question) {
      worker ??= start();
      const asked = Promise.withResolvers<unknown>();
      const message: ToLanguage = { id: ++count, against, question };
      waiting.set(message.id, asked);
      worker.postMessage(message);
      return asked.promise;
    },
    async close() {
      await worker?.terminate();
    },
  };
}
