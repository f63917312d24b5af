// The floor of the first paint: an editor of TypeScript with its own workers, and nothing else.
import * as monaco from "monaco-editor";

self.MonacoEnvironment = {
  getWorker: (_, label) =>
    new Worker(label === "typescript" ? "/ts.worker.js" : "/editor.worker.js", { type: "module" }),
};
monaco.editor.create(document.getElementById("editor"), {
  value: `console.log("Hello");\nexport default 12n;\n`,
  language: "typescript",
});
requestAnimationFrame(() =>
  requestAnimationFrame(() => {
    document.body.dataset.readyAt = String(performance.now());
  }),
);
