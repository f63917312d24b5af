/**
 * repair: finishes or clears away what a killed run left in a folder. Done at the start of every run that may write, also
 * of one that then finds the definition broken and writes nothing itself.
 */
import { recover } from "./journal.ts";
import { locked } from "./lock.ts";
import { removeLeftovers } from "./leftovers.ts";
import { type Machine, thisMachine } from "./machine.ts";
import { hasTemporary } from "./temporary.ts";

export async function repair(folder: string, machine: Machine = thisMachine): Promise<void> {
  if (!hasTemporary(folder, (path) => machine.disk.readdirSync(path))) return;
  try {
    await locked(folder, machine, () => {
      recover(machine, folder);
      removeLeftovers(machine, folder);
    });
  } catch {
    // What stands in the way of this stands in the way of writing too, and is reported there.
  }
}
