import { createScriptTools, type ScriptTools } from "isobind/ai";
import type { Registry } from "isobind/runtime";

declare const registry: Registry;
declare function ask(question: string): Promise<boolean>;

export const scripts: ScriptTools = await createScriptTools({
  registry,
  limits: { wallMs: 300_000 },
  approve: ({ name, args }) => ask(`May the script call ${name}(${args.map(String).join(", ")})?`),
});
