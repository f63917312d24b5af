/** Asks the server. */
import type { Json } from "../../model/json.ts";
import type {
  Completions,
  Explanation,
  Finding,
  Hover,
  InputCompletions,
  InputFinding,
  JsonPath,
  PlaceRequest,
  ProjectState,
  RunEvent,
  RunRequest,
  ScriptText,
  SignatureHelp,
  WaitAnswer,
} from "../protocol.ts";

interface Questions {
  project: [asked: { profile: string | null }, answer: ProjectState];
  script: [asked: { name: string }, answer: string | null];
  check: [asked: { script: ScriptText; profile: string | null }, answer: readonly Finding[]];
  completions: [asked: PlaceRequest, answer: Completions | null];
  describe: [asked: PlaceRequest & { label: string }, answer: Explanation | null];
  hover: [asked: PlaceRequest, answer: Hover | null];
  signature: [asked: PlaceRequest, answer: SignatureHelp | null];
  "input/check": [
    asked: { script: ScriptText; profile: string | null; value?: Json },
    answer: readonly InputFinding[] | null,
  ];
  "input/complete": [
    asked: { script: ScriptText; profile: string | null; path: JsonPath },
    answer: InputCompletions | null,
  ];
  "input/sample": [asked: { script: ScriptText; profile: string | null; seed: number }, answer: Json | null];
  warm: [asked: Pick<RunRequest, "profile" | "answers">, answer: null];
  stop: [asked: { id: string }, answer: null];
  answer: [asked: WaitAnswer & { id: string }, answer: null];
  recording: [asked: { id: string }, answer: string | null];
}

export async function ask<Name extends keyof Questions>(
  name: Name,
  asked: Questions[Name][0],
): Promise<Questions[Name][1]> {
  const response = await post(name, asked);
  return (await response.json()) as Questions[Name][1];
}

/** Tells of a run as it goes. */
export async function run(request: RunRequest, tell: (events: readonly RunEvent[]) => void): Promise<void> {
  const { body } = await post("run", request);
  if (body === null) return;
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  // In parts: a result of some megabytes comes in many, and joining each with all before would take a second.
  let parts: string[] = [];
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const lines = read.value.split("\n");
    const rest = lines.pop() ?? "";
    if (lines.length > 0) {
      lines[0] = parts.join("") + lines[0];
      parts = [];
      tell(lines.map((line) => JSON.parse(line) as RunEvent));
    }
    if (rest !== "") parts.push(rest);
  }
}

/** Tells when the project has changed on disk, and whether the server is there: `gone` after it was and is not, `back` when it is again. */
export function onProject(listener: (what: "changed" | "gone" | "back") => void): void {
  const events = new EventSource("/events");
  let isGone = false;
  events.addEventListener("project", () => listener("changed"));
  events.addEventListener("error", () => {
    if (!isGone) listener("gone");
    isGone = true;
  });
  events.addEventListener("open", () => {
    if (isGone) listener("back");
    isGone = false;
  });
}

async function post(name: string, body: object): Promise<Response> {
  const response = await fetch(`/api/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new Error("The playground does not answer. Is it still running?");
  });
  if (!response.ok) throw new Error((await response.text()).trim());
  return response;
}
