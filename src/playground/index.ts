/**
 * The playground: a page on this machine where scripts of a project are written and run. Joins the server, the project, the compiler's
 * thread and the process of the host functions.
 */
import type { HostProcess } from "./run/host-process.ts";
import type { Registry } from "../model/registry.ts";
import { checkInput, completeInput, sampleInput } from "./input/input.ts";
import { openLanguage } from "./language/language.ts";
import type { LanguageQuestion } from "./language/messages.ts";
import { openProject, projectId, type ProjectOptions } from "./project/project.ts";
import {
  choiceIn,
  pathIn,
  placeIn,
  profileIn,
  record,
  runIn,
  scriptIn,
  seedIn,
  text,
  valueIn,
  waitAnswerIn,
} from "./requests.ts";
import type { ScriptText } from "./protocol.ts";
import { BadRequest, openServer, type Route } from "./server/server.ts";

export { createHostProcess, type HostProcess } from "./run/host-process.ts";

export interface PlaygroundOptions extends ProjectOptions {
  readonly host: HostProcess;
  /** Default: the project's own, or any that is free; 0 for any. */
  readonly port?: number;
}

export interface Playground {
  /** To be opened in a browser; it has a token that nobody else should see. */
  readonly url: string;
  /** The definition, the generated files or the scripts are others now: pages ask anew, and the next run loads the host functions anew. */
  changed(): void;
  close(): Promise<void>;
}

/** The same for a project each time, below those that systems give out by themselves. */
function usualPortOf(id: string): number {
  return 20_000 + (Number.parseInt(id.slice(0, 8), 16) % 12_000);
}

/** Rejects when the port is taken. */
export async function openPlayground({ host, port, ...options }: PlaygroundOptions): Promise<Playground> {
  const project = openProject(options);
  const language = openLanguage();
  const refuseForeign = (name: string): void => {
    if (!project.mayName(name))
      throw new BadRequest(
        `\`${name}\` lies outside of the project, and so would the files that it imports.`,
      );
  };
  const answer = (handle: (body: unknown) => unknown): Route => ({ kind: "answer", handle });
  const ask = async (body: unknown, question: LanguageQuestion): Promise<unknown> => {
    refuseForeign(question.script.name);
    const against = project.against(profileIn(body));
    return against === null ? null : language.ask(against, question);
  };
  const ofInput = (answered: (registry: Registry, script: ScriptText, body: unknown) => unknown): Route =>
    answer((body) => {
      const registry = project.registry(profileIn(body));
      return registry === null ? null : answered(registry, scriptIn(body), body);
    });
  const at = (about: "completions" | "hover" | "signature"): Route =>
    answer((body) => ask(body, { about, ...placeIn(body) }));

  const routes: Readonly<Record<string, Route>> = {
    "/api/project": answer((body) => project.state(profileIn(body))),
    "/api/script": answer((body) => project.script(text(record(body)["name"], "name"))),
    "/api/check": answer(async (body) => (await ask(body, { about: "check", script: scriptIn(body) })) ?? []),
    "/api/completions": at("completions"),
    "/api/hover": at("hover"),
    "/api/signature": at("signature"),
    "/api/describe": answer((body) =>
      ask(body, { about: "describe", ...placeIn(body), label: text(record(body)["label"], "label") }),
    ),
    "/api/input/check": ofInput((registry, script, body) => checkInput(registry, script, valueIn(body))),
    "/api/input/complete": ofInput((registry, script, body) => completeInput(registry, script, pathIn(body))),
    "/api/input/sample": ofInput((registry, script, body) => sampleInput(registry, script, seedIn(body))),
    "/api/warm": answer((body) => host.warm(choiceIn(body))),
    "/api/stop": answer((body) => host.stop(text(record(body)["id"], "id"))),
    "/api/answer": answer((body) => {
      const { id, answer: said } = waitAnswerIn(body);
      host.answer(id, said);
    }),
    "/api/recording": answer((body) => host.recordingOf(text(record(body)["id"], "id"))),
    "/api/run": {
      kind: "lines",
      async handle(body, { write, gone }) {
        const request = runIn(body);
        refuseForeign(request.script.name);
        // Nobody would see how it ends.
        gone.addEventListener("abort", () => host.stop(request.id));
        await host.run(request, write);
      },
    },
  };
  const server = await openServer({
    routes,
    page: new URL("./page/", import.meta.url),
    usualPort: usualPortOf(projectId(options)),
    ...(port !== undefined && { port }),
  });
  return {
    url: server.url,
    changed() {
      host.renew();
      server.broadcast("project");
    },
    async close() {
      await Promise.all([host.close(), server.close(), language.close()]);
    },
  };
}
