/**
 * Crossing: values over the boundary as the host side needs them, each with its size or a refusal. The one place of the
 * host side that knows the marshal.
 */
import { decode } from "../marshal/decode.ts";
import { encode } from "../marshal/encode.ts";
import type { Parcel } from "../seam.ts";
import type { Refusal } from "./refusal.ts";

export type Received =
  | { readonly ok: true; readonly value: unknown; readonly bytes: number }
  | { readonly ok: false; readonly refusal: Refusal };

export type Sent =
  | { readonly ok: true; readonly parcel: Parcel; readonly bytes: number }
  | { readonly ok: false; readonly refusal: Refusal };
