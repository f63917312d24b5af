/**
 * Gathers the modules that a script's text reaches into a graph. Asks for what is named, reads what comes, and goes on with
 * what that names; whoever drives it carries requests to the host and answers back, at once or later.
 */
import { locate } from "../script/parse-module.ts";
import { recallRecord } from "./recall-record.ts";
import { errorAt, SyntaxFailure } from "../script/syntax-failure.ts";
import type {
  GuestError,
  GuestScript,
  ModuleAnswer,
  ModuleAnswers,
  ModuleRequest,
  SentModule,
} from "../../seam.ts";
import { Graph, type Failed, type Node } from "./graph.ts";
import type { ModuleRecord } from "./record.ts";
import type { Kind, Wanted } from "./wanted.ts";

/** Names asked for at once: their frame must be one a worker may send. */
const maxRequests = 256;

/** A module the host does not have or could not give, told where it is named. */
class ModuleFailure extends SyntaxFailure {
  override readonly guestError: GuestError;

  constructor({ record, wanted, failed }: Open & { failed: Failed }) {
    const { message, line, column } = locate(record.text, record.filename, wanted.at, failed.message);
    super(record.filename, line, column, message);
    const { code } = failed;
    this.guestError = { ...errorAt(`${record.filename}:${line}:${column}`, message, "Error"), code };
  }
}

/** A name whose module is not known yet. `place`: where its number belongs. */
interface Open {
  readonly record: ModuleRecord;
  readonly referrer: number;
  readonly wanted: Wanted;
  readonly place: (number | Failed)[];
  readonly isDynamic: boolean;
}

/** Yields what it asks for. Throws `SyntaxFailure`, and nothing else; the first node is the script. */
export function* gather(script: GuestScript): Generator<readonly ModuleRequest[], Graph, ModuleAnswers> {
  const dynamicImport = script.imports === "dynamic";
  const nodes: Node[] = [];
  const sent: SentModule[] = [script];
  const numbers = new Map<string, number>();
  const open: Open[] = [];

  function enter(index: number, kind: Kind): number {
    const key = `${index} ${kind}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const module = sent[index];
    if (!module) throw new Error("The host has answered with a module it never sent.");
    const record = recallRecord({ ...module, dynamicImport }, kind);
    const node = { record, wanted: [] as number[], dynamic: [] as (number | Failed)[] };
    const number = nodes.push(node) - 1;
    numbers.set(key, number);
    for (const wanted of record.wanted) {
      open.push({ record, referrer: index, wanted, place: node.wanted, isDynamic: false });
    }
    for (const wanted of record.dynamic) {
      open.push({ record, referrer: index, wanted, place: node.dynamic, isDynamic: true });
    }
    return number;
  }

  function settle(one: Open, answer: ModuleAnswer | undefined): void {
    if (answer?.kind === "module") one.place.push(enter(answer.index, one.wanted.kind));
    else if (!answer) throw new Error("The host has left a name without an answer.");
    else if (one.isDynamic) one.place.push(answer);
    else throw new ModuleFailure({ ...one, failed: answer });
  }

  enter(0, "code");
  while (open.length > 0) {
    const asked = open.splice(0, maxRequests);
    const { answers, modules } = yield asked.map(({ wanted: { specifier }, referrer }) => ({
      specifier,
      referrer,
    }));
    sent.push(...modules);
    asked.forEach((one, index) => settle(one, answers[index]));
  }
  return new Graph(nodes);
}
