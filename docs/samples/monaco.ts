import type { EditorSetup } from "isobind/editor";

/** In the page, where `defaults` is `monaco.typescript.typescriptDefaults`. */
export function teachMonaco(defaults: MonacoDefaults, { files, apiOptions }: EditorSetup): void {
  defaults.setCompilerOptions({ ...apiOptions, allowNonTsExtensions: true });
  for (const { path, text } of files) defaults.addExtraLib(text, path);
}

interface MonacoDefaults {
  setCompilerOptions(options: EditorSetup["apiOptions"]): void;
  addExtraLib(text: string, path: string): unknown;
}
