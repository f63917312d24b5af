/**
 * Waits for an answer for so long and no longer.
 */

const isLate = Symbol("late");

/** The answer, or what `late` gives or throws when there is none within `ms`. Nobody hears of an answer, or an error, that comes after that. */
export async function inTime<Answer, Late>(
  answer: Promise<Answer>,
  ms: number,
  late: () => Late,
): Promise<Answer | Late> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<typeof isLate>((resolve) => {
    timer = setTimeout(() => resolve(isLate), ms);
  });
  answer.catch(() => {});
  const told = await Promise.race([answer, over]).finally(() => clearTimeout(timer));
  return told === isLate ? late() : told;
}
