/** Loads a package that only some users of isobind need, and says how to get it where it is not installed. */
import { option } from "./options.ts";

/** Throws a `SandboxError`, `ERR_SANDBOX_OPTION`. `who` begins a sentence: `An MCP server needs …`. */
export async function loadPeer<Module>(
  importIt: () => Promise<Module>,
  who: string,
  name: string,
): Promise<Module> {
  try {
    return await importIt();
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "ERR_MODULE_NOT_FOUND")) throw cause;
    throw option(`${who} needs the package \`${name}\`: \`npm install ${name}\`.`, { cause });
  }
}
