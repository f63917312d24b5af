/** The process of the host functions: answers the messages of the server until it is told to close. */
import type { RunEvent } from "../protocol.ts";
import { createQuestions, type Questions } from "./questions.ts";
import { holdLifeline } from "./lifeline.ts";
import type { FromHost, ToHost } from "./messages.ts";
import { createRuns, type RunsOptions } from "./runs.ts";

/** Events of a burst travel together. */
const burstMs = 12;

export function serveRuns(options: RunsOptions): void {
  holdLifeline();
  const runs = createRuns(options);
  const running = new Map<string, { readonly controller: AbortController; readonly questions: Questions }>();
  let isClosing = false;
  const send = (message: FromHost): void => void process.send?.(message);

  async function run({ request }: Extract<ToHost, { kind: "run" }>): Promise<void> {
    const { id } = request;
    const controller = new AbortController();
    const questions = createQuestions(controller.signal);
    running.set(id, { controller, questions });
    let events: RunEvent[] = [];
    let timer: NodeJS.Timeout | null = null;
    const flush = (): void => {
      timer = null;
      const burst = events;
      events = [];
      send({ kind: "events", id, events: burst });
    };
    const emit = (event: RunEvent): void => {
      events.push(event);
      if (event.kind === "end") {
        if (timer !== null) clearTimeout(timer);
        flush();
      } else timer ??= setTimeout(flush, burstMs);
    };
    const { signal } = controller;
    const recording = await runs.run(request, { signal, emit, ask: questions.ask });
    if (recording !== null) send({ kind: "recording", id, text: recording });
    running.delete(id);
    endWhenIdle();
  }

  function endWhenIdle(): void {
    if (isClosing && running.size === 0) void runs.dispose().finally(() => process.exit(0));
  }

  process.on("message", (message: ToHost) => {
    switch (message.kind) {
      case "run":
        return void run(message);
      case "warm":
        return void runs.warm(message.request);
      case "stop":
        return running.get(message.id)?.controller.abort();
      case "answer":
        return running.get(message.id)?.questions.answer(message.answer);
      case "close":
        isClosing = true;
        return endWhenIdle();
    }
  });
  // The server is gone, whatever became of it.
  process.on("disconnect", () => process.exit(0));
}
