/** A process that writes the generation its parent names, and reports how it went. Started by `concurrent.test.ts`. */
import { write } from "../../src/write/write.ts";
import { generation } from "./generation.ts";

const outDir = process.argv[2] ?? "";

process.on("message", (word: string) => {
  void write(generation(word), { outDir, root: outDir, mode: "write" }).then(({ diagnostics, files }) => {
    process.send?.({ codes: diagnostics.map(({ message }) => message), files: files.length });
  });
});
