/** The way out of an `input` or of globals that do not fit, for whoever writes them as JSON on a command line. */

/** How the JSON form writes what JSON has not. */
const forms: Readonly<Record<string, string>> = {
  Date: '{ "$type": "Date", "value": "2026-11-22T10:00:00Z" }',
  Map: '{ "$type": "Map", "entries": [["key", 1]] }',
  Set: '{ "$type": "Set", "values": [1, 2] }',
  RegExp: '{ "$type": "RegExp", "source": "a+", "flags": "i" }',
  bigint: '{ "$type": "bigint", "value": "12" }',
};

/** `null` where the words of the message are all there is to say. */
export function dataHelp(message: string): string | null {
  if (!/^(?:input\b|globals:)/u.test(message)) return null;
  if (/^globals:.* (?:is|are) missing; the definition/u.test(message))
    return "Give them: `--globals '{ … }'` or `--globals @file.json`.";
  for (const [, expected = ""] of message.matchAll(/expected ([^;]+?), got /gu))
    for (const [name] of expected.matchAll(/\w+/gu)) {
      const form = formOf(name);
      if (form !== null) return `In JSON a ${name} is written \`${form}\`; docs/json-form.md has every form.`;
    }
  return null;
}

function formOf(name: string): string | null {
  const isBytes = /^(?:ArrayBuffer|DataView|(?:Big)?(?:Int|Uint|Float)\d+(?:Clamped)?Array)$/u.test(name);
  if (isBytes) return `{ "$type": "${name}", "base64": "AQI=" }`;
  return Object.hasOwn(forms, name) ? (forms[name] ?? null) : null;
}
