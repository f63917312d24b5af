/** The page: joins its parts. What a part shows and what it asks for is its own. */
import type { ProjectState, RunRequest, ScriptText } from "../protocol.ts";
import { ask, onProject } from "./api.ts";
import { createAsking } from "./ask/ask.ts";
import { createCalls } from "./calls/calls.ts";
import { button, byId, h, replace } from "./dom.ts";
import { createEditor } from "./editor/editor.ts";
import { plural } from "./format.ts";
import { createInput } from "./input/input.ts";
import { onOtherTab } from "./other-tab.ts";
import { createConsole } from "./output/console.ts";
import { createResult } from "./output/result.ts";
import { startRun, type Running } from "./run.ts";
import { drawChoices } from "./side/choices.ts";
import { freeName } from "./side/free-name.ts";
import { drawLimits } from "./side/limits.ts";
import { drawProblems } from "./side/problems.ts";
import { createReference } from "./side/reference.ts";
import { download, openFile, readShared } from "./side/share.ts";
import { createTabs } from "./side/tabs.ts";
import { themeSwitch } from "./side/theme.ts";
import { createViews } from "./side/views.ts";
import { keepChoices, readChoices, type Session } from "./state.ts";

let project: ProjectState = await ask("project", { profile: null });
const choices = readChoices(project.id);
if (choices.profile !== null) project = await ask("project", { profile: choices.profile });
/** The texts of the scripts as they are on disk, to know which are drafts. */
const onDisk = new Map<string, string>();
let recording: string | null = null;
let running: Running | null = null;
let latest: Running | null = null;
/** How many runs have ended since the page was opened. */
let ended = 0;
/** The script that was chosen, until its text is there. */
let opening: string | null = null;
/** Somebody has asked for a run of it already. */
let runsWhenOpen = false;
/** The server does not answer. */
let isGone = false;
/** The browser had room for what was written last. */
let isKept = true;

function keep(): void {
  const wasKept = isKept;
  isKept = keepChoices(project.id, choices);
  if (isKept !== wasKept) showProblems();
}
const announce = (text: string): void => void (byId("announcement").textContent = text);
const session: Session = { choices, script: () => ({ name: choices.script, text: editor.text() }) };

const tabs = createTabs(byId("tabs"), [
  { id: "script", label: "Script" },
  { id: "input", label: "Input", shown: () => input.shown() },
  { id: "limits", label: "Limits" },
]);
const views = createViews(byId("views"));
const editor = createEditor(byId("panel-script"), {
  session,
  onChange: edited,
  onFindings: showFindings,
  run,
});
const input = createInput(byId("panel-input"), { session, changed: keep, run, announce });
const reference = createReference(byId("reference"), (call) => {
  tabs.select("script");
  views.show("script");
  editor.insert(call);
});
const output = createConsole(byId("console"), byId("console-count"));
const result = createResult(byId("result"), byId("status"), (line, column) => {
  tabs.select("script");
  views.show("script");
  editor.goTo(line, column);
});
const calls = createCalls(byId("calls"));
const asking = createAsking({
  announce,
  waiting: (count) => (count === 0 ? result.running() : result.waiting(count, asking.open)),
});
result.idle();

const runButton = button("Run", run, "primary");
const stopButton = button("Stop", () => running?.stop(), "danger");
const shareButton = button("Share", () => void share());
runButton.title = "Ctrl+Enter";
shareButton.title = "Save the script, its input and its calls as a file";
stopButton.hidden = true;
replace(
  byId("actions"),
  themeSwitch(choices, keep),
  button("Open", () => openFile(openShared)),
  shareButton,
  stopButton,
  runButton,
);

function edited(text: string): void {
  if (onDisk.get(choices.script) === text) delete choices.drafts[choices.script];
  else choices.drafts[choices.script] = text;
  keep();
}

function showFindings(count: number): void {
  replace(
    byId("findings"),
    count === 0
      ? h("span", { class: "badge badge-ok" }, "no findings")
      : button(plural(count, "finding"), () => editor.showFindings(), "badge badge-error"),
  );
}

async function refresh(): Promise<void> {
  const state = await ask("project", { profile: choices.profile }).catch(() => null);
  // A server that has gone is told of where it is noticed.
  if (state === null) return;
  project = state;
  showProject();
}

function showProject(): void {
  choices.profile = project.profile;
  if (choices.answers === "host" && project.hostMissing !== null) choices.answers = "mock";
  if (choices.answers === "recording" && recording === null)
    choices.answers = project.hostMissing === null ? "host" : "mock";
  byId("project").textContent = project.name === "bindings" ? "playground" : project.name;
  reference.show(project.reference);
  input.showType(project.reference.scripts.map(({ declaration }) => declaration).join("\n"));
  drawLimits(byId("panel-limits"), project.limits, choices, keep);
  showProblems();
  showChoices();
  warm();
}

/** What the next run needs is loaded before somebody waits for it. */
function warm(): void {
  void ask("warm", { profile: choices.profile, answers: answersOf() }).catch(() => {});
}

function showChoices(): void {
  drawChoices(byId("choices"), {
    project,
    choices,
    hasRecording: recording !== null,
    openScript: (name) => void openScript(name),
    changed(what) {
      keep();
      if (what === "answers") warm();
      if (what === "profile") void refresh().then(() => editor.recheck());
      else if (choices.answers === "mock" || document.activeElement?.className !== "seed") showChoices();
    },
  });
}

function showProblems(): void {
  drawProblems(byId("problems"), project.problems, { isGone, isKept });
}

async function openScript(name: string): Promise<void> {
  opening = name;
  const text = choices.drafts[name] ?? (await textOf(name));
  // Another was chosen meanwhile.
  if (opening !== name) return;
  opening = null;
  choices.script = name;
  editor.open(text);
  input.recheck();
  keep();
  showChoices();
  if (!runsWhenOpen) return;
  runsWhenOpen = false;
  run();
}

async function textOf(name: string): Promise<string> {
  const sample = project.samples.find((one) => one.name === name);
  const text = sample?.text ?? (await ask("script", { name }).catch(() => null)) ?? "";
  onDisk.set(name, text);
  return text;
}

function run(): void {
  if (running !== null) return;
  // The one that is chosen is meant, and not what is still in the editor.
  if (opening !== null) {
    runsWhenOpen = true;
    return;
  }
  let value: ReturnType<typeof input.value>;
  try {
    value = input.value();
  } catch (error) {
    tabs.select("input");
    return announce(error instanceof Error ? error.message : String(error));
  }
  const request: RunRequest = {
    id: crypto.randomUUID(),
    script: session.script(),
    ...(value !== undefined && { input: value }),
    profile: choices.profile,
    answers: answersOf(),
    limits: choices.limits,
  };
  const limits = Object.fromEntries(
    project.limits.map(({ name, max }) => [name, choices.limits[name] ?? max]),
  );
  views.show("output");
  const started = startRun(request, limits, {
    console: output,
    result,
    calls,
    meters: byId("meters"),
    asking,
    announce,
    running(isRunning) {
      runButton.hidden = isRunning;
      stopButton.hidden = !isRunning;
      document.body.dataset["running"] = String(isRunning);
    },
  });
  running = started;
  latest = started;
  void started.ended.then(() => {
    running = null;
    ended += 1;
    document.body.dataset["ended"] = String(ended);
  });
}

function answersOf(): RunRequest["answers"] {
  if (choices.answers === "recording" && recording !== null) return { kind: "recording", text: recording };
  return choices.answers === "host" ? { kind: "host" } : { kind: "mock", seed: choices.seed };
}

async function share(): Promise<void> {
  const calls_ = latest === null ? null : await ask("recording", { id: latest.id }).catch(() => null);
  download({
    isobind: "run",
    format: 1,
    script: session.script(),
    input: choices.input,
    profile: choices.profile,
    recording: calls_ ?? recording,
  });
  announce("The run was saved as a file.");
}

function openShared(text: string): void {
  try {
    const shared = readShared(text);
    // What is written here under the same name stays.
    const isTaken = (name: string): boolean => project.files.includes(name) || name in choices.drafts;
    const script: ScriptText = { ...shared.script, name: freeName(shared.script.name, isTaken) };
    recording = shared.recording;
    // It is another's script: the host's own functions answer it when somebody has chosen that.
    choices.answers = recording === null ? "mock" : "recording";
    choices.drafts[script.name] = script.text;
    input.set(shared.input);
    choices.profile = shared.profile;
    void refresh().then(() => openScript(script.name));
    announce(
      recording === null
        ? "The run was opened. It has no recording, so its calls are answered by mocks."
        : "The run was opened. Its calls are answered from its recording.",
    );
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    announce(message);
    const problem = { name: "file", code: null, text: message, line: null, column: null };
    result.show({ kind: "end", at: 0, status: "refused", problem, hasRecording: false });
  }
}

showProject();
const first = [choices.script, ...project.files, ...project.samples.map(({ name }) => name)].find(
  (name) =>
    name !== "" &&
    (name in choices.drafts ||
      project.files.includes(name) ||
      project.samples.some((sample) => sample.name === name)),
);
await openScript(first ?? "scripts/script.ts");
onProject((what) => {
  isGone = what === "gone";
  showProblems();
  if (!isGone) void refresh().then(() => editor.recheck());
});
onOtherTab(project.id, choices, showChoices);
document.body.dataset["ready"] = "true";
addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && !event.defaultPrevented) run();
});
