/** A run as a file: its script, its input, and what its calls were answered, so that it can be opened and run again without the host. */
import type { ScriptText, SharedRun } from "../../protocol.ts";
import { h } from "../dom.ts";

export function download(run: SharedRun): void {
  const name =
    run.script.name
      .split("/")
      .at(-1)
      ?.replace(/\.\w+$/u, "") ?? "script";
  const link = h("a", {
    attrs: {
      href: URL.createObjectURL(
        new Blob([`${JSON.stringify(run, null, 2)}\n`], { type: "application/json" }),
      ),
      download: `${name}.run.json`,
    },
  });
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Throws words for whoever chose the file. */
export function readShared(text: string): SharedRun {
  let run: Partial<SharedRun> | null;
  try {
    run = JSON.parse(text) as Partial<SharedRun> | null;
  } catch {
    throw new Error("That file is not a run: it is not JSON.");
  }
  const script = run?.script as Partial<ScriptText> | undefined;
  if (run?.isobind !== "run" || typeof script?.name !== "string" || typeof script.text !== "string")
    throw new Error("That file is not a run that was shared here.");
  if (run.format !== 1)
    throw new Error(`That run is of format ${String(run.format)}; this playground reads format 1.`);
  return {
    isobind: "run",
    format: 1,
    script: { name: script.name, text: script.text },
    input: typeof run.input === "string" ? run.input : "",
    profile: typeof run.profile === "string" ? run.profile : null,
    recording: typeof run.recording === "string" ? run.recording : null,
  };
}

/** Asks for a file and gives its text. */
export function openFile(opened: (text: string) => void): void {
  const field = h("input", { attrs: { type: "file", accept: ".json,application/json" } });
  field.addEventListener("change", () => {
    const [file] = field.files ?? [];
    if (file !== undefined) void file.text().then(opened);
  });
  field.click();
}
