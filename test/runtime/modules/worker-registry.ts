/** A registry that a worker imports. */
import { toRegistry } from "../../../src/runtime/load-registry.ts";

export default toRegistry({ add: (a: number, b: number) => a + b });
