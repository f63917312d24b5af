/**
 * Asks the host for the modules a script names, and for those that these name, until the graph is whole. The host answers at once, or later.
 */
import type { GuestScript, HostPort, ModuleAnswers, ModuleRequest } from "../../seam.ts";
import { gather } from "./gather.ts";
import type { Graph } from "./graph.ts";

/** Does one piece of work; `null` when the run has ended, by it or before it. */
export type Within = <Result>(work: () => Result) => Result | null;

/** `done` is not called when the run ends first. */
export function askHost(
  script: GuestScript,
  load: NonNullable<HostPort["load"]>,
  within: Within,
  done: (graph: Graph) => void,
): void {
  const gathering = gather(script);
  const first = gathering as Generator<readonly ModuleRequest[], Graph>;
  const next = (answers?: ModuleAnswers): void => {
    for (;;) {
      const step = within(() => (answers ? gathering.next(answers) : first.next()));
      if (!step) return;
      if (step.done) return done(step.value);
      const answer = load(step.value);
      if (answer instanceof Promise) return void answer.then(next);
      answers = answer;
    }
  };
  next();
}
