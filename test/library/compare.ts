/**
 * Compares a library with what an isolate has, through the checker: of every object of the walk the properties that its type has.
 */
import { libFolder, libText, ts } from "../../src/read/frontend/ts6/compiler.ts";
import type { Walk } from "../../src/library/isolate.ts";

/** `+ Promise.try`: the library has what the isolate lacks; `- Promise.try`: the isolate has what the library lacks. */
export function compareLibrary(library: string, walk: Walk): readonly string[] {
  const { checker, source } = programOf(library);
  const typeOf = typesOf(checker, source);
  const object = typeOf("Object.prototype");
  const globals = checker.getSymbolsInScope(source, ts.SymbolFlags.Value).map(({ name }) => name);
  const found = differences(
    "globalThis",
    globals.filter((name) => !isNoProperty.has(name)),
    walk["globalThis"] ?? [],
  );
  for (const [path, names] of Object.entries(walk)) {
    if (path === "globalThis" || path.includes("@@") || path.endsWith("()")) continue;
    const type = typeOf(path);
    if (type === null) {
      found.push(`- ${path}`);
      continue;
    }
    const inType = [...checker.getAugmentedPropertiesOfType(type), ...(object?.getProperties() ?? [])];
    const inIsolate = [path, ...besides(path)].flatMap((one) => walk[one] ?? []);
    found.push(
      ...differences(
        path,
        // What is optional says itself that it may be absent: `return` of an iterator.
        standsIn.has(path) ? [] : type.getProperties().filter(isNeeded).map(keyOf),
        inIsolate,
      ).filter((one) => one.startsWith("+")),
      ...differences(path, inType.map(keyOf), names).filter((one) => one.startsWith("-")),
    );
  }
  return found;
}

function differences(path: string, inLibrary: readonly string[], inIsolate: readonly string[]): string[] {
  return [
    ...inLibrary
      .filter((name) => !inIsolate.includes(name) && !isEvery.has(name))
      .map((name) => `+ ${path}.${name}`),
    ...inIsolate.filter((name) => !inLibrary.includes(name)).map((name) => `- ${path}.${name}`),
  ];
}

/** `__@iterator@123` → `@@iterator`. */
function keyOf({ escapedName }: ts.Symbol): string {
  const name = String(escapedName);
  return name.startsWith("__@")
    ? name.replace(/^__@(\w+)@\d+$/u, "@@$1")
    : ts.unescapeLeadingUnderscores(escapedName);
}

const isNeeded = ({ flags }: ts.Symbol): boolean => !(flags & ts.SymbolFlags.Optional);

/** In a script's scope, and no property of the global object: `input` is there when the host has given one. */
const isNoProperty: ReadonlySet<string> = new Set(["arguments", "input"]);
/** Every function and every prototype has them, and the walk leaves them out. */
const isEvery: ReadonlySet<string> = new Set(["length", "name", "prototype", "constructor"]);

/** Where else a type's properties may be: inherited ones, and those that objects have themselves. A type tells none of them apart. */
function besides(path: string): readonly string[] {
  const all = ["Object.prototype"];
  if (!path.endsWith(".prototype")) {
    const statics = isTypedArray.test(path) ? ["TypedArray"] : [];
    return [...all, ...statics, "Function.prototype", "Function()"];
  }
  const name = path.slice(0, -".prototype".length);
  all.push(`${name}()`);
  if (name.endsWith("Error")) all.push("Error.prototype", "Error()");
  if (isTypedArray.test(name)) all.push("TypedArray.prototype");
  if (name.endsWith("Function")) all.push("Function.prototype", "Function()");
  if (/(?:Iterator|Generator|IteratorHelper)$/u.test(name)) all.push("Iterator.prototype");
  // Whatever they are, they have `next`.
  if (name === "Iterator") all.push("ArrayIterator.prototype");
  if (/^Async(?:Generator|IteratorObject)$/u.test(name))
    all.push("AsyncGenerator.prototype", "AsyncIteratorObject.prototype");
  return all;
}

const isTypedArray = /^(?:Big)?(?:U?[Ii]nt|Float)\d+(?:Clamped)?Array$/u;

/** Objects whose type is that of one of several kinds, which has more. */
const standsIn: ReadonlySet<string> = new Set(["TypedArray", "TypedArray.prototype"]);

/** What the language calls an object that no global leads to by name. */
const unnamed: Readonly<Record<string, string>> = {
  "TypedArray.prototype": "Uint8Array",
  TypedArray: "Uint8ArrayConstructor",
  "Iterator.prototype": "IteratorObject<any, any, any>",
  "Generator.prototype": "Generator<any, any, any>",
  "AsyncGenerator.prototype": "AsyncGenerator<any, any, any>",
  "AsyncIteratorObject.prototype": "AsyncIteratorObject<any, any, any>",
  "ArrayIterator.prototype": "ArrayIterator<any>",
  "MapIterator.prototype": "MapIterator<any>",
  "SetIterator.prototype": "SetIterator<any>",
  "StringIterator.prototype": "StringIterator<any>",
  "RegExpStringIterator.prototype": "RegExpStringIterator<any>",
  "IteratorHelper.prototype": "IteratorObject<any, any, any>",
  "WrappedIterator.prototype": "IteratorObject<any, any, any>",
  "Intl.Segments.prototype": "Intl.Segments",
  "Intl.SegmentIterator.prototype": "Intl.SegmentIterator<any>",
  "GeneratorFunction.prototype": "GeneratorFunction",
  "AsyncGeneratorFunction.prototype": "AsyncGeneratorFunction",
  "AsyncFunction.prototype": "Function",
};

function typesOf(checker: ts.TypeChecker, source: ts.SourceFile): (path: string) => ts.Type | null {
  const aliases = new Map<string, ts.Type>();
  source.statements.forEach((statement) => {
    if (ts.isTypeAliasDeclaration(statement))
      aliases.set(statement.name.text, checker.getTypeAtLocation(statement.name));
  });
  const value = (path: string): ts.Type | null => {
    const [first = "", ...rest] = path.split(".");
    let symbol = checker.resolveName(first, source, ts.SymbolFlags.Value, false);
    for (const name of rest) symbol = symbol && checker.getTypeOfSymbol(symbol).getProperty(name);
    return symbol ? checker.getTypeOfSymbol(symbol) : null;
  };
  return (path) => {
    const index = Object.keys(unnamed).indexOf(path);
    if (index >= 0) return aliases.get(`T${index}`) ?? null;
    if (!path.endsWith(".prototype")) return value(path);
    const type = value(path.slice(0, -".prototype".length));
    if (type === null) return null;
    const made = (type.getConstructSignatures().at(-1) ?? type.getCallSignatures().at(-1))?.getReturnType();
    return made === undefined ? null : checker.getApparentType(made);
  };
}

function programOf(library: string): { checker: ts.TypeChecker; source: ts.SourceFile } {
  const files: Readonly<Record<string, string>> = {
    "/library.d.ts": library,
    "/script.ts": `${Object.values(unnamed)
      .map((type, index) => `type T${index} = ${type};`)
      .join("\n")}\nexport {};`,
  };
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ESNext,
    lib: ["lib.es5.d.ts"],
    types: [],
    strict: true,
  };
  const read = (name: string): string | undefined => files[name] ?? libText(name);
  const program = ts.createProgram(Object.keys(files), options, {
    getSourceFile: (name, version) => {
      const text = read(name);
      return text === undefined ? undefined : ts.createSourceFile(name, text, version);
    },
    getDefaultLibFileName: () => `${libFolder}/lib.es5.d.ts`,
    getDefaultLibLocation: () => libFolder,
    writeFile: () => undefined,
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (name) => read(name) !== undefined,
    readFile: read,
  });
  const source = program.getSourceFile("/script.ts");
  if (!source) throw new Error("The program has no script.");
  const problems = [
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...program.getSemanticDiagnostics(),
  ];
  if (problems.length > 0)
    throw new Error(
      problems
        .map(
          ({ messageText, file, start }) =>
            `${file?.fileName}:${start} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
        )
        .join("\n"),
    );
  return { checker: program.getTypeChecker(), source };
}
