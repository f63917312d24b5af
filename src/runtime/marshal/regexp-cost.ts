/**
 * Regexp cost: the prelude's measure of regular expressions, for those who must judge bytes before they are values.
 */
import { makeClone } from "../guest/prelude/clone.ts";
import { hostPrimordials, hostRealm } from "./host-realm.ts";

export const { regexpCost } = makeClone(hostPrimordials, hostRealm);
