/**
 * Lists the words that emitted files may hold besides the names of the contract. Deliberately a second list, next to the code that
 * writes them: a word that appears here on purpose was looked at twice.
 */
import { builtinNames, casings, errorNames } from "../../model/shape.ts";
import { importedNames } from "../registry/validators/imports.ts";

const words = (text: string): string[] => text.split(/\s+/u).filter((word) => word !== "");

const typeWords = words(
  "any unknown never void undefined null boolean number string bigint object true false readonly key",
);

export const declarationWords: ReadonlySet<string> = new Set([
  ...typeWords,
  ...builtinNames.flatMap((name) => name.split(".")),
  ...errorNames,
  ...casings,
  ...words(`
    declare const namespace type interface extends SecureExec Script Scripts ScriptGlobals Globals input result bindings Bindings BindingTree HostBindings globalThis
    typeof infer keyof in Key Own args Args prototype Symbol toStringTag toString toJSON
    Promise Array ReadonlyArray Map Set ReadonlyMap ReadonlySet
  `),
  // Parameters whose names cannot be printed.
  ...Array.from({ length: 256 }, (_, at) => `arg${at}`),
  ...Array.from({ length: 64 }, (_, at) => `Bindings_${at}`),
]);

export const registryWords: ReadonlySet<string> = new Set([
  ...typeWords,
  ...importedNames,
  ...words(`
    import export default from type interface const let function return if else for in of switch case continue typeof as
    extends infer
    defineRegistry createRegistry Registry RegistryContract ContractData HostBindings HostFunction Bindings
    bindings registry contract declarations Fields Object constructor fuel steps spent args left known length size keys values Infinity Array isArray
    digest excessProperties leaves path mode policy signatures throws accepts acceptsResult parameters result
    typeParameters shape quantity kind element elements members properties index value optional constraint base tag
    texts slots casings whole slice rest references text label name description timeoutMs maxCalls maxConcurrency maxPayloadBytes
    approval idempotent
    typeArguments message profile excluded scripts input Script Scripts ScriptTypes ScriptTypesOf
    globals Globals GlobalTypesOf unknown
  `),
]);

/** Names that emitted code gives to its own functions, constants and variables. */
export const emittedNames =
  /^(?:_|_?[a-zA-Z]\d*|is[A-Za-z0-9]{0,40}|(?:accepts|returns)\d+(?:x\d+)?|_args|(?:keys|long|fits|shape|none)\d+)$/u;
