/** Impact of a change on scripts, as the generator and the command line use it. */
export {
  impact,
  type Break,
  type BrokenScript,
  type Impact,
  type ImpactOptions,
  type Side,
} from "./impact.ts";
