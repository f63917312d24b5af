/**
 * Waits for an answer for so long and no longer.
 */

const isLate = Symbol("late");

/**
 * The answer, or what `late` gives or throws when there is none within `ms`. Nobody hears of an answer, or an error, that comes after that. One that came while this process
 * was blocked counts: what has arrived is looked at before the time is said to be over.
 */
export async function inTime<Answer, Late>(
  answer: Promise<Answer>,
  ms: number,
  late: () => Late,
): Promise<Answer | Late> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<typeof isLate>((resolve) => {
    // Timers run before what has arrived is read, and immediates after it.
    timer = setTimeout(() => setImmediate(resolve, isLate), ms);
  });
  answer.catch(() => {});
  const told = await Promise.race([answer, over]).finally(() => clearTimeout(timer));
  return told === isLate ? late() : told;
}
