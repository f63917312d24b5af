import { fromJsonForm, JsonFormError, toJsonForm } from "isobind/json-form";

const stored = JSON.stringify(toJsonForm({ since: new Date(0), seen: new Set([1n]) }));
console.log(fromJsonForm(JSON.parse(stored))); // { since: 1970-01-01T00:00:00.000Z, seen: Set(1) { 1n } }

try {
  fromJsonForm({ $type: "Dat", value: "2026-11-22" });
} catch (error) {
  // The caller's mistake: a 400, with words that may be shown.
  if (error instanceof JsonFormError) console.log(error.path, error.message);
}
