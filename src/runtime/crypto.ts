/**
 * Loads Node's cryptography when the first digest or number of chance is asked for: it is nineteen of Node's modules and more than a
 * megabyte, and a run without a journal asks for neither unless somebody looks at its id.
 */
type Crypto = typeof import("node:crypto");

// Taken now: whoever replaces it later does not choose what makes digests.
const { getBuiltinModule } = process;

let loaded: Crypto | undefined;

export function crypto(): Crypto {
  return (loaded ??= getBuiltinModule.call(process, "node:crypto") as Crypto);
}
