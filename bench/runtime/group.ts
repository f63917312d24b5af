/**
 * Ends a process and all that it has started: a peer that keeps a process of its own would leave it behind, at work beside what is
 * measured next.
 */
export function endGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, "SIGKILL");
  } catch {
    // Nobody of it lives.
  }
}
