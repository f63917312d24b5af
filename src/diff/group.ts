/**
 * Groups changes by what explains them: one property of one named type that is gone is one story, however many bindings
 * use the type.
 */
import type { Change } from "./change.ts";

export interface ChangeGroup {
  /** The named type whose change it is, or `null` for a change of one binding. */
  readonly root: string | null;
  /** What happened, without the places: one sentence. */
  readonly says: string;
  readonly first: Change;
  /** Every place, in order; at least one. */
  readonly uses: readonly Change[];
}

export function groupChanges(changes: readonly Change[]): ChangeGroup[] {
  // Without a root each change is its own story.
  const groups = Map.groupBy(changes, (change, index) =>
    change.root === null || change.path.length === 0 ? index : keyOf(change),
  );
  return [...groups.values()].flatMap((uses): ChangeGroup[] => {
    const [first] = uses;
    if (!first) return [];
    const root = uses.length > 1 ? first.root : null;
    return [
      { root, says: root === null ? first.message : `type \`${root}\`: ${sentenceOf(first)}`, first, uses },
    ];
  });
}

const keyOf = ({ kind, class: of, root, before, after, where }: Change): string =>
  JSON.stringify([kind, of, root, before, after, where.split(/[.\s]/u).at(-1)]);

/** The sentence behind the places it begins with. */
function sentenceOf(change: Change): string {
  const prefix = `\`${change.path.join(".")}\`, \`${change.where}\`: `;
  return change.message.startsWith(prefix) ? change.message.slice(prefix.length) : change.message;
}
