/** The sessions of a server: each with a sandbox of its own, for what it was chosen to be; one that nobody uses is closed. */
import { readFileSync } from "node:fs";
import type { Registry } from "../model/registry.ts";
import type { ScriptToolOptions } from "../script-tool/options.ts";
import { createScriptTool, type ScriptTool } from "../script-tool/tool.ts";
import { refuseUnknown } from "../script-tool/options.ts";
import { sessionChoiceNames, type McpOptions, type SessionAbout, type SessionChoice } from "./options.ts";
import type { Serving } from "./tools.ts";

/** Makes what sessions are served with. What is told of a registry is made once. */
export interface Sessions {
  readonly about: { readonly name: string; readonly version: string };
  choose(about: SessionAbout): Promise<SessionChoice>;
  open(choice: SessionChoice): Promise<Serving>;
  /** Tells registries apart. */
  numberOf(choice: SessionChoice): number;
}

export async function createSessions(options: McpOptions): Promise<Sessions> {
  const { name = "isobind", version = ownVersion(), session, onFault = () => {}, ...given } = options;
  const tools = new WeakMap<Registry, Promise<ScriptTool>>();
  const toolOf = (choice: SessionChoice): Promise<ScriptTool> => {
    const registry = choice.registry ?? given.registry;
    let tool = tools.get(registry);
    if (tool === undefined) tools.set(registry, (tool = createScriptTool(optionsOf(given, choice))));
    return tool;
  };
  // A mistake is known before the first client comes.
  await toolOf({});
  const numbers = new WeakMap<Registry, number>();
  let count = 0;
  return {
    about: { name, version },
    numberOf({ registry = given.registry }) {
      const number = numbers.get(registry) ?? count++;
      numbers.set(registry, number);
      return number;
    },
    async choose(about) {
      const choice = (await session?.(about)) ?? {};
      refuseUnknown("session", choice, sessionChoiceNames);
      return choice;
    },
    async open(choice) {
      const tool = await toolOf(choice);
      const { context, limits } = choice;
      return {
        tool,
        session: tool.open(),
        onFault,
        ...(context !== undefined && { context }),
        ...(limits && { limits }),
      };
    },
  };
}

/** The contract and the declaration of the server are those of its own registry. */
function optionsOf(given: ScriptToolOptions, { registry, contract }: SessionChoice): ScriptToolOptions {
  if (registry === undefined || registry === given.registry)
    return contract === undefined ? given : { ...given, contract };
  const { contract: _contract, declaration: _declaration, ...others } = given;
  return { ...others, registry, ...(contract !== undefined && { contract }) };
}

interface Closable {
  /** Whether a script is running, however long it takes. */
  readonly busy: boolean;
  close(): Promise<void>;
}

/** Sessions that are in use, by a name. */
export class OpenSessions<Kept extends Closable> {
  readonly #kept = new Map<string, { readonly kept: Kept; readonly timer: NodeJS.Timeout }>();
  readonly #idleMs: number;
  readonly #most: number;
  #promised = 0;

  constructor(idleMs: number, most: number) {
    this.#idleMs = idleMs;
    this.#most = most;
  }

  get isFull(): boolean {
    return this.#kept.size + this.#promised >= this.#most;
  }

  /**
   * A place for a session that takes a while to make, so that no more are begun at once than may be open; `null` when there is none. The function gives it
   * back, when the session is kept or will never be. Twice is fine.
   */
  promise(): (() => void) | null {
    if (this.isFull) return null;
    let isPromised = true;
    this.#promised++;
    return () => {
      if (isPromised) this.#promised--;
      isPromised = false;
    };
  }

  /** The one of this name; it counts as used now. */
  use(name: string): Kept | undefined {
    const found = this.#kept.get(name);
    found?.timer.refresh();
    return found?.kept;
  }

  keep(name: string, kept: Kept): void {
    const timer = setTimeout(() => {
      if (kept.busy) timer.refresh();
      else void this.close(name);
    }, this.#idleMs);
    timer.unref();
    this.#kept.set(name, { kept, timer });
  }

  async close(name: string): Promise<void> {
    const found = this.#kept.get(name);
    if (found === undefined) return;
    this.#kept.delete(name);
    clearTimeout(found.timer);
    await found.kept.close();
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#kept.keys()].map((name) => this.close(name)));
  }
}

function ownVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
