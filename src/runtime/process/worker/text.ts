/**
 * Holds the program of a worker as one text, for bundles. The build puts it here (`scripts/worker-text.ts`); the sources,
 * which are never bundled, have none.
 */
export const workerText: string = "";
