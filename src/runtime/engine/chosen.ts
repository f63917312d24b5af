/**
 * Chooses the engine of this process. With a second one this is where it is chosen: by what a sandbox asks for, and in a
 * worker by what its setup says.
 */
import type { Engine } from "./engine.ts";
import { isolatedVm } from "./isolated-vm.ts";

export const engine: Engine = isolatedVm;
