/** What the server asks the thread of the compiler. */
import type { EngineName } from "../../config/engines.ts";
import type { PlaceRequest, ScriptText } from "../protocol.ts";

/** The declaration that scripts are held to; another one is another compiler's. */
export interface Against {
  readonly declaration: string;
  readonly engine: EngineName;
  /** Where the names of scripts begin. */
  readonly root: string;
}

export type LanguageQuestion =
  | { readonly about: "check"; readonly script: ScriptText }
  | ({ readonly about: "completions" | "hover" | "signature" } & Omit<PlaceRequest, "profile">)
  | ({ readonly about: "describe"; readonly label: string } & Omit<PlaceRequest, "profile">);

export interface ToLanguage {
  readonly id: number;
  readonly against: Against;
  readonly question: LanguageQuestion;
}

export interface FromLanguage {
  readonly id: number;
  readonly answer?: unknown;
  readonly failure?: string;
}
