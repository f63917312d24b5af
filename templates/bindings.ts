// The definition the templates belong to. It grants nothing.
import { defineBindings } from "isobind";

export default defineBindings({});
