/**
 * Parts: the list of functions the prelude is composed of. Each must be self-contained: its source text is what runs in the guest, so it
 * may name nothing but its own parameters, its own locals and the standard built-ins.
 */
import { makeBindings } from "./bindings.ts";
import { makeCharge } from "./charge.ts";
import { makeCloneBytes } from "./clone-bytes.ts";
import { makeCloneError } from "./clone-error.ts";
import { makeClone } from "./clone.ts";
import { makeMoreConsole } from "./console-more.ts";
import { installConsole } from "./console.ts";
import { makeErrors } from "./errors.ts";
import { makeInspect } from "./inspect.ts";
import { makeMeasure } from "./measure.ts";
import { takePrimordials } from "./primordials.ts";
import { makeRealm } from "./realm.ts";
import { restrictGlobals } from "./restrict.ts";
import { makeRevive } from "./revive.ts";
import { makeScript } from "./script.ts";
import { makeStacks } from "./stacks.ts";
import { buildTree } from "./tree.ts";

export const preludeParts = {
  takePrimordials,
  restrictGlobals,
  makeStacks,
  makeRealm,
  makeErrors,
  makeMeasure,
  makeCharge,
  makeCloneBytes,
  makeCloneError,
  makeClone,
  makeRevive,
  makeInspect,
  installConsole,
  makeMoreConsole,
  makeBindings,
  buildTree,
  makeScript,
};

export type PreludeParts = typeof preludeParts;
