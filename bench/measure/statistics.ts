/**
 * Statistics of repeated measurements. Medians, because the machines these run on are shared and noisy; the extremes
 * are kept, so that a reader can see how noisy.
 */
export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly samples: number;
}

export function summarize(values: readonly number[]): Summary {
  if (values.length === 0) throw new Error("nothing was measured");
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median =
    sorted.length % 2 === 1
      ? (sorted[middle] as number)
      : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
  return {
    median,
    min: sorted[0] as number,
    max: sorted[sorted.length - 1] as number,
    samples: sorted.length,
  };
}

/** The median of the ratios pair by pair: both sides of a pair ran within moments of each other. */
export function pairedRatio(ours: readonly number[], theirs: readonly number[]): number {
  const pairs = Math.min(ours.length, theirs.length);
  return summarize(Array.from({ length: pairs }, (_, i) => (ours[i] as number) / (theirs[i] as number)))
    .median;
}
