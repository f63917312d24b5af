/**
 * Makes `DOMException`, the error class of the web platform. Self-contained: part of the unit `web`.
 */
import type { Primordials } from "../../crossing/primordials.ts";
import type { Stacks } from "../prelude/stacks.ts";
import type { WebIdl } from "./web-idl.ts";

export type Exceptions = ReturnType<typeof makeExceptions>;

export function makeExceptions(p: Primordials, idl: WebIdl, stacks: Stacks) {
  // In the order of their codes, which count from 1. `-`: a constant whose name no exception has any more.
  const names: readonly (readonly [constant: string, name: string])[] = [
    ["INDEX_SIZE_ERR", "IndexSizeError"],
    ["DOMSTRING_SIZE_ERR", "-"],
    ["HIERARCHY_REQUEST_ERR", "HierarchyRequestError"],
    ["WRONG_DOCUMENT_ERR", "WrongDocumentError"],
    ["INVALID_CHARACTER_ERR", "InvalidCharacterError"],
    ["NO_DATA_ALLOWED_ERR", "-"],
    ["NO_MODIFICATION_ALLOWED_ERR", "NoModificationAllowedError"],
    ["NOT_FOUND_ERR", "NotFoundError"],
    ["NOT_SUPPORTED_ERR", "NotSupportedError"],
    ["INUSE_ATTRIBUTE_ERR", "InUseAttributeError"],
    ["INVALID_STATE_ERR", "InvalidStateError"],
    ["SYNTAX_ERR", "SyntaxError"],
    ["INVALID_MODIFICATION_ERR", "InvalidModificationError"],
    ["NAMESPACE_ERR", "NamespaceError"],
    ["INVALID_ACCESS_ERR", "InvalidAccessError"],
    ["VALIDATION_ERR", "-"],
    ["TYPE_MISMATCH_ERR", "TypeMismatchError"],
    ["SECURITY_ERR", "SecurityError"],
    ["NETWORK_ERR", "NetworkError"],
    ["ABORT_ERR", "AbortError"],
    ["URL_MISMATCH_ERR", "URLMismatchError"],
    ["QUOTA_EXCEEDED_ERR", "QuotaExceededError"],
    ["TIMEOUT_ERR", "TimeoutError"],
    ["INVALID_NODE_TYPE_ERR", "InvalidNodeTypeError"],
    ["DATA_CLONE_ERR", "DataCloneError"],
  ];

  function codeOf(name: string): number {
    for (let i = 0; i < names.length; i++) if ((names[i] as readonly string[])[1] === name) return i + 1;
    return 0;
  }

  class Exception extends (p.Error as unknown as new () => object) {
    readonly #name: string;
    readonly #message: string;

    constructor(message: unknown = "", name: unknown = "Error") {
      super();
      this.#message = idl.text(message);
      this.#name = idl.text(name);
    }
    /** The same exception once more; `undefined` for what is none. */
    static copy(value: object): object | undefined {
      if (!(#name in value)) return undefined;
      const copy = new Exception(value.#message, value.#name);
      p.define(copy, "stack", p.errorStack(value), false);
      return copy;
    }
    get name(): string {
      if (!(#name in this)) throw idl.illegal();
      return this.#name;
    }
    get message(): string {
      if (!(#name in this)) throw idl.illegal();
      return this.#message;
    }
    get code(): number {
      if (!(#name in this)) throw idl.illegal();
      return codeOf(this.#name);
    }
  }

  const { copy } = Exception;
  delete (Exception as { copy?: unknown }).copy;
  const DOMException = idl.publish(Exception, "DOMException", {});
  for (let i = 0; i < names.length; i++) {
    const constant = (names[i] as readonly string[])[0] as string;
    const descriptor = {
      __proto__: null,
      value: i + 1,
      writable: false,
      enumerable: true,
      configurable: false,
    } as PropertyDescriptor;
    p.defineProperty(DOMException, constant, descriptor);
    p.defineProperty(Exception.prototype, constant, descriptor);
  }
  return {
    DOMException,
    copy,
    /** Makes one to be thrown, with the frames of whoever called `above`. */
    make(name: string, message: string, above: unknown): Error {
      const exception = new Exception(message, name);
      stacks.trim(exception as Error, above);
      return exception as Error;
    },
  };
}
