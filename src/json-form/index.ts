/**
 * `isobind/json-form`: values that structured clone carries, as JSON and back, for hosts that take input and give results over HTTP or keep
 * them in a database. Loads nothing else of isobind.
 */
export { fromJsonForm } from "./decode.ts";
export { toJsonForm } from "./encode.ts";
export { JsonFormError } from "./json-form-error.ts";
export type { Json } from "../model/json.ts";
