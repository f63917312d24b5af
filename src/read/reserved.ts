/**
 * Lists the names that a declaration of the contract must not take: the declaration file's own, and those of the language
 * that other declarations mean when they are printed (`Map`, `Pick`, `Error`).
 */
export const reservedTypeNames: ReadonlySet<string> = new Set(
  // The declaration's own.
  (
    "SecureExec Bindings HostBindings ScriptGlobals " +
    // Types without a declaration.
    "any unknown never void undefined null boolean number string bigint symbol object this infer keyof unique readonly " +
    "is asserts typeof " +
    // Keywords.
    "await break case catch class const continue debugger default delete do else enum export extends false finally for " +
    "function if implements import in instanceof interface let new package private protected public return static super " +
    "switch throw true try var while with yield type declare namespace module abstract as async from get set of " +
    "accessor global require satisfies using out override " +
    // Objects of the language.
    "Array ReadonlyArray ArrayLike ConcatArray ArrayBuffer ArrayBufferLike ArrayBufferView ArrayBufferTypes SharedArrayBuffer DataView " +
    "Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float16Array Float32Array " +
    "Float64Array BigInt64Array BigUint64Array Atomics Object Function Boolean Number String BigInt Symbol Date RegExp " +
    "RegExpMatchArray RegExpExecArray Error ErrorOptions EvalError RangeError ReferenceError SyntaxError TypeError URIError AggregateError " +
    "SuppressedError Map ReadonlyMap Set ReadonlySet ReadonlySetLike WeakMap WeakSet WeakRef WeakKey WeakKeyTypes FinalizationRegistry " +
    "Promise PromiseLike PromiseSettledResult PromiseFulfilledResult PromiseRejectedResult Proxy ProxyHandler Reflect JSON Math Intl " +
    "Temporal WebAssembly Iterator Iterable IterableIterator IteratorObject IteratorResult Generator AsyncIterator " +
    "AsyncIterable AsyncIterableIterator AsyncIteratorObject AsyncGenerator GeneratorFunction AsyncGeneratorFunction Disposable AsyncDisposable " +
    "DisposableStack AsyncDisposableStack PropertyKey PropertyDescriptor PropertyDescriptorMap TypedPropertyDescriptor " +
    "TemplateStringsArray CallableFunction NewableFunction IArguments ImportMeta ImportCallOptions globalThis console " +
    // Utility types.
    "Partial Required Readonly Pick Record Exclude Extract Omit NonNullable Parameters ConstructorParameters ReturnType " +
    "InstanceType Uppercase Lowercase Capitalize Uncapitalize NoInfer ThisType ThisParameterType OmitThisParameter " +
    "Awaited ClassDecorator PropertyDecorator MethodDecorator ParameterDecorator"
  ).split(" "),
);

/** Names that the declaration takes where the definition says what a script is. */
export const scriptTypeNames: readonly string[] = ["Script", "Scripts"];

/** The name that it takes where the definition says what globals there are. */
export const globalsTypeName = "Globals";
