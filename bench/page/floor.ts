/** Serves the floors: a page with Monaco alone, and one with a virtual list alone. Built with the bundler that builds the playground. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

export interface Floor {
  readonly url: string;
  close(): void;
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** `lines`: what the list is given, as a run of the playground sends it. */
export async function openFloor(lines: readonly string[]): Promise<Floor> {
  const { outputFiles } = await build({
    entryPoints: {
      monaco: here("./bare/monaco.js"),
      list: here("./bare/list.js"),
      "editor.worker": "monaco-editor/editor/editor.worker.js",
      "ts.worker": "monaco-editor/languages/features/typescript/ts.worker.js",
    },
    absWorkingDir: here("../.."),
    outdir: here("./bare"),
    bundle: true,
    minify: true,
    format: "esm",
    target: "chrome125",
    loader: { ".ttf": "dataurl" },
    write: false,
    logLevel: "error",
  });
  const files = new Map(outputFiles.map(({ path, contents }) => [`/${path.split("/").at(-1)}`, contents]));
  for (const name of ["monaco.html", "list.html"])
    files.set(`/${name}`, readFileSync(here(`./bare/${name}`)));
  const types: Readonly<Record<string, string>> = {
    html: "text/html; charset=utf-8",
    js: "text/javascript",
    css: "text/css",
  };
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    if (path === "/lines") {
      for (const line of lines) response.write(line);
      return void response.end();
    }
    const file = files.get(path);
    response.writeHead(file === undefined ? 404 : 200, {
      "Content-Type": types[path.split(".").at(-1) ?? ""] ?? "application/octet-stream",
      "Cache-Control": "no-store",
    });
    response.end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => server.closeAllConnections(),
  };
}
