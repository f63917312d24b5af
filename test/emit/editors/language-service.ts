/** TypeScript 5.9 and 6.0, whose editor is a library. */
import { createRequire } from "node:module";
import { join } from "node:path";
import type ts from "typescript-6.0";
import type { EditedFiles, Editor } from "./editor.ts";

const require = createRequire(import.meta.url);

export function openLanguageService(version: "5.9" | "6.0", { folder, script }: EditedFiles): Editor {
  const compiler = require(`typescript-${version}`) as typeof ts;
  const config = join(folder, "tsconfig.json");
  const { options, fileNames } = compiler.parseJsonConfigFileContent(
    compiler.readConfigFile(config, (path) => compiler.sys.readFile(path)).config,
    compiler.sys,
    folder,
  );
  const service = compiler.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => fileNames,
    getScriptVersion: () => "1",
    getScriptSnapshot: (path) => {
      const text = compiler.sys.readFile(path);
      return text === undefined ? undefined : compiler.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: (settings) => compiler.getDefaultLibFilePath(settings),
    fileExists: (path) => compiler.sys.fileExists(path),
    readFile: (path) => compiler.sys.readFile(path),
  });
  const file = join(folder, script);
  const words = (parts: readonly ts.SymbolDisplayPart[] | undefined): string =>
    compiler.displayPartsToString([...(parts ?? [])]);
  const shown = (
    info: { readonly documentation?: ts.SymbolDisplayPart[]; readonly tags?: ts.JSDocTagInfo[] } | undefined,
  ): string =>
    [
      words(info?.documentation),
      ...(info?.tags ?? []).map(({ name, text }) => `@${name} ${words(text)}`),
    ].join("\n");
  return {
    hover: async (offset) => shown(service.getQuickInfoAtPosition(file, offset)),
    completion: async (offset, name) =>
      shown(service.getCompletionEntryDetails(file, offset, name, {}, undefined, {}, undefined)),
    help: async (offset) => {
      const found = service.getSignatureHelpItems(file, offset, {});
      const item = found?.items[found.selectedItemIndex];
      return [
        words(item?.documentation),
        ...(item?.parameters ?? []).map((one) => words(one.documentation)),
      ].join("\n");
    },
    close: async () => service.dispose(),
  };
}
