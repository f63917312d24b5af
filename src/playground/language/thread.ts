/** The thread of the compiler: answers about scripts while the server goes on telling of a run. */
import { parentPort } from "node:worker_threads";
import { filesBesideEach } from "../../scripts/beside/beside.ts";
import { createAssistant, type Assistant } from "../../scripts/assist/assist.ts";
import type { Completions, Finding, Hover, SignatureHelp } from "../protocol.ts";
import type { Against, FromLanguage, LanguageQuestion, ToLanguage } from "./messages.ts";

/** The latest first: a switch of profiles and back finds its compiler as it was. */
let open: readonly { readonly key: string; readonly assistant: Assistant }[] = [];
const maxOpen = 2;

function assistantFor({ declaration, engine, root }: Against): Assistant {
  const key = `${engine} ${declaration}`;
  const known = open.find((one) => one.key === key) ?? {
    key,
    assistant: createAssistant(declaration, engine, filesBesideEach(root)),
  };
  open = [known, ...open.filter((one) => one !== known)].slice(0, maxOpen);
  return known.assistant;
}

function answerTo(assistant: Assistant, question: LanguageQuestion): unknown {
  const script = { file: question.script.name, text: question.script.text };
  switch (question.about) {
    case "check":
      return assistant
        .check(script)
        .map(({ from, to, diagnostic: { severity, code, message, help }, fixes }): Finding => ({
          from,
          to,
          severity,
          code,
          message: help === "" ? message : `${message}\n${help}`,
          fixes,
        }));
    case "completions":
      return assistant.completions(script, question.position) satisfies Completions | null;
    case "describe":
      return assistant.describe(script, question.position, question.label);
    case "hover":
      return assistant.hover(script, question.position) satisfies Hover | null;
    case "signature":
      return assistant.signature(script, question.position) satisfies SignatureHelp | null;
  }
}

parentPort?.on("message", ({ id, against, question }: ToLanguage) => {
  let message: FromLanguage;
  try {
    message = { id, answer: answerTo(assistantFor(against), question) };
  } catch (error) {
    message = { id, failure: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(message);
});
