/** Reads `--limits wallMs=500,memoryMb=64`, or the same as a JSON object. Which limits exist is the runtime's to say. */
import { UsageError } from "../exit.ts";

/** Later values win. */
export function parseLimits(flags: readonly string[]): Record<string, number> {
  const limits: Record<string, number> = {};
  for (const flag of flags) Object.assign(limits, parseOne(flag));
  return limits;
}

function parseOne(flag: string): Record<string, number> {
  if (flag.trimStart().startsWith("{")) {
    try {
      return JSON.parse(flag) as Record<string, number>;
    } catch {
      throw new UsageError(`\`--limits ${flag}\` is not JSON.`, wanted);
    }
  }
  const entries = flag.split(",").map((pair): [string, number] => {
    const match = /^\s*(\w+)\s*=\s*([\d_]+)\s*$/.exec(pair);
    if (!match) throw new UsageError(`\`--limits ${flag}\` is not a list of limits.`, wanted);
    return [match[1] ?? "", Number((match[2] ?? "").replaceAll("_", ""))];
  });
  return Object.fromEntries(entries);
}

const wanted = "Write for example `--limits wallMs=500,memoryMb=64`.";
