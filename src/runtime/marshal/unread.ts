/**
 * Unread: the parcel that stands for a payload nobody read, because reading it alone would cost more than a payload may. Known
 * by identity, so that no sender can make one.
 */
import type { Parcel } from "../seam.ts";

export const unread: Parcel = Object.freeze({ value: undefined });
