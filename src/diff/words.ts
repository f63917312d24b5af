/**
 * Turns a finding into a change: its class, its sentence and its advice, from the table of kinds.
 */
import type { Change, Finding } from "./change.ts";
import { kinds, type Kind } from "./kinds.ts";

export function toChange(finding: Finding): Change {
  const kind: Kind = kinds[finding.kind];
  const { path, where, root = null, before = null, after = null, name = null } = finding;
  const says = fill(kind.says, { before, after, name });
  const subject = [path.length > 0 ? `\`${path.join(".")}\`` : "", where ? `\`${where}\`` : ""].filter(
    Boolean,
  );
  const message = subject.length > 0 ? `${subject.join(", ")}: ${lower(says)}.` : `${says}.`;
  return {
    kind: finding.kind,
    class: kind.class,
    path,
    where,
    root,
    before,
    after,
    message,
    help: kind.help,
  };
}

/** Every value is shown as code, whether or not the sentence writes the ticks. */
function fill(text: string, data: Readonly<Record<string, string | null>>): string {
  return text.replace(/`?\{(before|after|name)\}`?/gu, (_, slot: string) => {
    const value = data[slot] ?? "nothing";
    return value.includes("`") ? value : `\`${value}\``;
  });
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
