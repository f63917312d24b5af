/**
 * The names of the figures of jobs, for those who measure them and for the goals.
 */
export const jobs = {
  title: "A job with a trivial script",
  ours: "isobind/queue",
  bare: "bare BullMQ and the same run",
  one: "one after another",
  many: "100 at once",
} as const;

export const workers = {
  title: "Jobs of 20 ms of processor time",
  ours: "isobind/queue",
  bare: "bare BullMQ and the same run",
  one: "one worker",
  two: "two workers",
} as const;
