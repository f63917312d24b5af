/**
 * Resident: the memory this process holds. Linux says it in /proc, which a jail may not have; then what it has held at most stands for it, so that
 * growth is still seen, only later.
 */

export interface Resident {
  readonly kib: number;
  /** It never becomes less: what earlier runs held is in it. */
  readonly isPeak: boolean;
}

export function resident(rss: () => number = process.memoryUsage.rss): Resident {
  try {
    return { kib: Math.floor(rss() / 1024), isPeak: false };
  } catch {
    return { kib: process.resourceUsage().maxRSS, isPeak: true };
  }
}
