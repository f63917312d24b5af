/**
 * Tells how much memory this process holds. Linux says it in /proc, which a jail may not have; then what it has held at most
 * stands for it, so that growth is still seen, only later.
 */
export function residentKib(rss: () => number = process.memoryUsage.rss): number {
  try {
    return Math.floor(rss() / 1024);
  } catch {
    return process.resourceUsage().maxRSS;
  }
}

/** Whether less can be seen than was held at most. */
export function seesLess(rss: () => number = process.memoryUsage.rss): boolean {
  try {
    return rss() > 0;
  } catch {
    return false;
  }
}
