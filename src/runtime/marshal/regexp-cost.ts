/**
 * Regexp cost: the prelude's measure of regular expressions, for those who must judge bytes before they are values.
 */
import { makeMeasure } from "../guest/prelude/measure.ts";
import { hostPrimordials } from "./host-realm.ts";

export const { regexpCost } = makeMeasure(hostPrimordials);
