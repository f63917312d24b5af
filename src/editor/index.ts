/**
 * `isobind/editor`: what a host that embeds an editor gives to it, as plain data. Loads no compiler and no editor.
 */
export { editorSetup, type EditorFile, type EditorInput, type EditorSetup } from "./setup.ts";
export {
  codeMirrorDiagnostics,
  monacoMarkers,
  type CodeMirrorDiagnostic,
  type MonacoMarker,
} from "./markers.ts";
