/**
 * Names what secure-exec exports and this package does not offer. The names are here so that an import of one ends in a
 * sentence that says what to do, and not in a missing export.
 */
import { UnsupportedError } from "./unsupported.ts";

/** Throws for everything it is called with. */
export type NotOffered = (...args: readonly unknown[]) => never;

function notOffered(name: string, why: string): NotOffered {
  return () => {
    throw new UnsupportedError(`\`${name}\` is not supported: ${why}`);
  };
}

const binding = "Offer what scripts need as a binding.";
const files = `scripts get no filesystem here. ${binding}`;
const newer =
  "it belongs to secure-exec 0.2.21. Functions of the host are `bindings` here, and `new NodeRuntime({ … }).run(code)` runs code.";

// Of 0.2.1.
export const createDefaultNetworkAdapter = notOffered(
  "createDefaultNetworkAdapter",
  `scripts get no network here. ${binding}`,
);
export const createNodeHostCommandExecutor = notOffered(
  "createNodeHostCommandExecutor",
  `scripts get no child processes here. ${binding}`,
);
/** Throws when it is constructed. */
export class NodeFileSystem {
  constructor() {
    throw new UnsupportedError(`\`NodeFileSystem\` is not supported: ${files}`);
  }
}

/** A value for the option `permissions`, which is refused by its name wherever it is given. */
export interface Permissions {
  readonly fs?: NotOffered;
  readonly network?: NotOffered;
  readonly childProcess?: NotOffered;
  readonly env?: NotOffered;
}
const permit = notOffered("permissions", `there is nothing to permit. ${binding}`);
export const allowAllFs: Permissions = Object.freeze({ fs: permit });
export const allowAllNetwork: Permissions = Object.freeze({ network: permit });
export const allowAllChildProcess: Permissions = Object.freeze({ childProcess: permit });
export const allowAllEnv: Permissions = Object.freeze({ env: permit });
export const allowAll: Permissions = Object.freeze({
  ...allowAllFs,
  ...allowAllNetwork,
  ...allowAllChildProcess,
  ...allowAllEnv,
});

// Of 0.2.21.
export const evaluate = notOffered("evaluate", newer);
export const execute = notOffered("execute", newer);
export const executeFile = notOffered("executeFile", newer);
export const createVm = notOffered("createVm", newer);
export const hostFunction = notOffered("hostFunction", newer);
export const hostFunctions = notOffered("hostFunctions", newer);
