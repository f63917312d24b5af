/** What JSON can hold. A property that is `undefined` is not written, as `JSON.stringify` has it. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };
