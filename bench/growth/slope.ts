/**
 * How cost grows with work: the exponent of a power law, fitted to the medians as a straight line on logarithmic axes. 1 is linear, 2 quadratic, 0 costs
 * the same whatever there is to do.
 *
 * Most costs are a fixed part and one that grows, and then the fit tells little of the second while the first is the larger. So the end
 * is looked at by itself: the slope between the last two figures, of what they cost more than the first.
 */
import type { Table } from "../measure/cell.ts";

export interface Slope {
  readonly column: string;
  /** Of all figures. */
  readonly fitted: number;
  /** Of the last two, without what the first costs; `null` when they cost too little more to tell. */
  readonly atEnd: number | null;
}

/** Steeper is not linear any more. What lies between is noise, and the price of memory that no cache holds. */
export const mostSlope = 1.15;

/** What grew by less than this part of the first figure is noise of the first figure. */
const leastAdded = 0.2;

/** The slopes of a table whose rows are steps of work: a column that was not measured at three steps has none. */
export function slopesOf({ rows, columns, growth }: Table): readonly Slope[] {
  if (growth === undefined) return [];
  return columns.flatMap((column): Slope[] => {
    const points = rows.flatMap(({ cells }, at): Point[] => {
      const cell = cells[column];
      const work = growth.work[at];
      if (cell?.kind !== "measured" || work === undefined || cell.summary.median <= 0) return [];
      return [{ work, cost: cell.summary.median }];
    });
    return points.length < 3 ? [] : [{ column, fitted: fit(points), atEnd: endOf(points) }];
  });
}

/** The slope that counts: the steeper one. */
export function steepest({ fitted, atEnd }: Slope): number {
  return Math.max(fitted, atEnd ?? fitted);
}

export interface Point {
  readonly work: number;
  readonly cost: number;
}

/** Least squares on logarithms. */
export function fit(points: readonly Point[]): number {
  const x = points.map(({ work }) => Math.log(work));
  const y = points.map(({ cost }) => Math.log(cost));
  const [meanX, meanY] = [mean(x), mean(y)];
  const products = mean(x.map((value, at) => (value - meanX) * ((y[at] as number) - meanY)));
  return products / mean(x.map((value) => (value - meanX) ** 2));
}

function endOf(points: readonly Point[]): number | null {
  const [first, before, last] = [points[0], points.at(-2), points.at(-1)];
  if (!first || !before || !last || last.cost - first.cost < leastAdded * first.cost) return null;
  // What is lost in the noise is taken to be as large as that, so that the slope is at least so steep.
  const cost = (last.cost - first.cost) / Math.max(before.cost - first.cost, leastAdded * first.cost);
  const work = (last.work - first.work) / (before.work - first.work);
  return Math.log(cost) / Math.log(work);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
