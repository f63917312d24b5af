/** Draws what is in the way of the whole page: findings of the definition, that its server has ended, or that the browser keeps nothing more. */
import type { ProjectState } from "../../protocol.ts";
import { h, replace } from "../dom.ts";

export function drawProblems(
  box: HTMLElement,
  problems: ProjectState["problems"],
  { isGone, isKept }: { readonly isGone: boolean; readonly isKept: boolean },
): void {
  box.hidden = problems.length === 0 && !isGone && isKept;
  if (!isKept)
    return replace(
      box,
      h("strong", {}, "This browser has no room for more."),
      " What you write now is lost when the page is closed; what was kept before is there. Give a large script or input back its earlier text, and it is kept again.",
    );
  if (isGone)
    return replace(
      box,
      h("strong", {}, "The playground has ended."),
      " Start it again, and open the address that it prints. What you have written is kept in this browser.",
    );
  replace(
    box,
    h("strong", {}, "The definition has findings, so what is shown is older than it."),
    h(
      "ul",
      {},
      problems.slice(0, 5).map(({ where, message }) => h("li", {}, h("code", {}, where), ` ${message}`)),
    ),
  );
}
