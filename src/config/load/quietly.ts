/**
 * Runs a step without the announcement Node prints when an experimental function is used. Only around single calls that
 * are stable in every Node we support; the user's own warnings are never swallowed.
 */
export function quietly<T>(step: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return step();
  } finally {
    process.emitWarning = emitWarning;
  }
}
