/** What a run is made of beside its text: the file, the profile, and what answers. */
import type { ProjectState } from "../../protocol.ts";
import { h, labelled, replace } from "../dom.ts";
import type { Choices } from "../state.ts";

export interface ChoicesView {
  readonly project: ProjectState;
  readonly choices: Choices;
  /** Whether there is a recording to answer from. */
  readonly hasRecording: boolean;
  readonly openScript: (name: string) => void;
  readonly changed: (what: "profile" | "answers") => void;
}

export function drawChoices(parent: Element, view: ChoicesView): void {
  const { project, choices, hasRecording, openScript, changed } = view;
  const drafts = Object.keys(choices.drafts).filter(
    (name) => !project.files.includes(name) && project.samples.every((sample) => sample.name !== name),
  );
  const group = (label: string, names: readonly string[]) =>
    names.length === 0
      ? null
      : h(
          "optgroup",
          { attrs: { label } },
          names.map((name) => option(name, name.split("/").at(-1) ?? name)),
        );
  const file = h(
    "select",
    { on: { change: () => openScript(file.value) } },
    group("Scripts", project.files),
    group(
      "Samples",
      project.samples.map(({ name }) => name),
    ),
    group("Opened", drafts),
  );
  file.value = choices.script;

  const profile = h(
    "select",
    {
      on: {
        change() {
          choices.profile = profile.value === "" ? null : profile.value;
          changed("profile");
        },
      },
    },
    option("", "all bindings"),
    project.profiles.map((name) => option(name, name)),
  );
  profile.value = choices.profile ?? "";

  const answers = h(
    "select",
    {
      on: {
        change() {
          choices.answers = answers.value as Choices["answers"];
          changed("answers");
        },
      },
    },
    option("host", project.hostMissing === null ? "host functions" : "host functions (not here)"),
    option("mock", "mocks"),
    hasRecording ? option("recording", "the recording") : null,
  );
  answers.value = choices.answers;
  if (project.hostMissing !== null) answers.title = project.hostMissing;

  const seed = h("input", {
    class: "seed",
    attrs: { type: "number", min: 0, step: 1, max: 999_999 },
    on: {
      input() {
        choices.seed = Math.max(0, Math.floor(Number(seed.value) || 0));
        changed("answers");
      },
    },
  });
  seed.value = String(choices.seed);
  replace(
    parent,
    labelled("Script", file),
    project.profiles.length === 0 ? null : labelled("Profile", profile),
    labelled("Answers", answers),
    choices.answers === "mock" ? labelled("Seed", seed) : null,
  );
}

function option(value: string, label: string): HTMLOptionElement {
  return h("option", { attrs: { value } }, label);
}
