/**
 * Interest: which events of watched folders concern an input. A folder around an input counts when it comes or goes, and not
 * because a watcher says so: one that reads its folder again while it changes tells of folders that were there all along.
 */
import { existsSync } from "node:fs";
import { dirname } from "node:path";

export interface Interest {
  /** Whether what happened to `path`, as it is now, can change an input. */
  concerns(path: string): boolean;
}

/** Looks once at which folders on the way to the inputs are there. Paths are absolute. */
export function interestIn(inputs: ReadonlySet<string>): Interest {
  const wasThere = new Map<string, boolean>();
  for (const input of inputs) {
    for (let folder = dirname(input); !wasThere.has(folder); folder = dirname(folder)) {
      wasThere.set(folder, existsSync(folder));
    }
  }
  return {
    concerns(path) {
      if (inputs.has(path)) return true;
      const before = wasThere.get(path);
      if (before === undefined) return false;
      const now = existsSync(path);
      wasThere.set(path, now);
      return now !== before;
    },
  };
}
