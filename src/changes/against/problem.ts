/** Says why a contract to compare with could not be had: a message and a way out, for the one who typed `--against`. */
export interface Problem {
  readonly message: string;
  readonly help: string;
}

export type Found<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export const found = <T>(value: T): Found<T> => ({ ok: true, value });
export const problem = (message: string, help: string): Found<never> => ({
  ok: false,
  problem: { message, help },
});
