/**
 * Lists the functions the prelude is composed of. Each must be self-contained: its source text is what runs in the guest, so
 * it may name nothing but its own parameters, its own locals and the standard built-ins.
 */
import { takeBuiltIns } from "../../crossing/built-ins.ts";
import { makeDecode } from "../../crossing/decode.ts";
import { makeEncode } from "../../crossing/encode.ts";
import { makeErrorMaker } from "../../crossing/errors.ts";
import { decodeMakers, encodeMakers } from "../../crossing/makers.ts";
import { makeMeasure } from "../../crossing/measure.ts";
import { makePrimordials } from "../../crossing/primordials.ts";
import { makeRealm } from "../../crossing/realm.ts";
import { makeRefusal } from "../../crossing/refusal.ts";
import { makeTransfer } from "../../crossing/transfer.ts";
import { makeBindings } from "./bindings.ts";
import { makeMoreConsole } from "./console-more.ts";
import { installConsole } from "./console.ts";
import { makeErrors } from "./errors.ts";
import { makeFewExports } from "./few-exports.ts";
import { makeInspect } from "./inspect.ts";
import { makeModules, moduleMakers } from "./modules.ts";
import { makePlainErrors } from "./plain-errors.ts";
import { restrictGlobals } from "./restrict.ts";
import { makeScript } from "./script.ts";
import { makeStacks } from "./stacks.ts";
import { buildTree } from "./tree.ts";
import { installWeb } from "./web.ts";

export const preludeParts = {
  takeBuiltIns,
  makePrimordials,
  restrictGlobals,
  makeStacks,
  makeRealm,
  makeErrors,
  makeMeasure,
  makeErrorMaker,
  makeRefusal,
  makeEncode,
  ...encodeMakers,
  makeDecode,
  ...decodeMakers,
  makeTransfer,
  makeInspect,
  installConsole,
  makeMoreConsole,
  makeBindings,
  installWeb,
  buildTree,
  makeFewExports,
  makePlainErrors,
  makeScript,
  makeModules,
  ...moduleMakers,
};

export type PreludeParts = typeof preludeParts;
