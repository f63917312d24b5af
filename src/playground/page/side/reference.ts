/** The bindings beside the editor: a search, what each does, and a click that writes the call. */
import type { ReferenceLeaf, ReferenceState } from "../../protocol.ts";
import { button, h, replace } from "../dom.ts";
import { plural } from "../format.ts";
import { markdown } from "../markdown.ts";

export interface Reference {
  show(state: ReferenceState): void;
}

export function createReference(parent: Element, insert: (call: string) => void): Reference {
  let state: ReferenceState = { text: "", namespaces: [], types: [], scripts: [] };
  const list = h("div", {
    class: "reference-list",
    attrs: { tabindex: 0, role: "region", "aria-label": "List of bindings" },
  });
  const count = h("p", { class: "sr-only", attrs: { role: "status" } });
  const search = h("input", {
    class: "search",
    attrs: { type: "search", placeholder: "Search bindings", "aria-label": "Search bindings" },
    on: { input: draw },
  });
  replace(parent, h("div", { class: "search-box" }, search), count, list);

  function draw(): void {
    const words = search.value
      .toLowerCase()
      .split(/\s+/u)
      .filter((word) => word !== "");
    const matches = (text: string): boolean => words.every((word) => text.toLowerCase().includes(word));
    const shown = state.namespaces.map((namespace) => ({
      ...namespace,
      leaves: namespace.leaves.filter(({ path, text, signatures }) =>
        matches([path, text, ...signatures].join(" ")),
      ),
    }));
    const found = shown.reduce((sum, { leaves }) => sum + leaves.length, 0);
    count.textContent = words.length === 0 ? "" : plural(found, "binding");
    const types = state.types.filter(({ name, text }) => matches(`${name} ${text}`));
    replace(
      list,
      found === 0 && types.length === 0 ? h("p", { class: "empty" }, "Nothing is called that.") : null,
      shown.flatMap(({ path, text, leaves }) =>
        leaves.length === 0
          ? []
          : [
              h("h3", {}, path === "" ? "SecureExec.bindings" : path),
              text === "" ? null : markdown(text),
              ...leaves.map((leaf) => entry(leaf, insert)),
            ],
      ),
      types.length === 0 ? null : h("h3", {}, "Types"),
      types.map(({ name, text, declaration }) =>
        h(
          "details",
          { class: "reference-entry" },
          h("summary", {}, h("code", {}, name)),
          text === "" ? null : markdown(text),
          h("pre", { attrs: { tabindex: 0 } }, declaration),
        ),
      ),
    );
  }
  return {
    show(next) {
      state = next;
      draw();
    },
  };
}

function entry(leaf: ReferenceLeaf, insert: (call: string) => void): HTMLElement {
  const { path, signatures, text, policy, deprecated, examples, call } = leaf;
  const name = path.split(".").at(-1) ?? path;
  const write = button("Insert", () => insert(call), "small");
  write.setAttribute("aria-label", `Insert a call of ${path}`);
  return h(
    "details",
    { class: "reference-entry" },
    h(
      "summary",
      {},
      h("code", { class: deprecated === null ? "" : "deprecated" }, name),
      h("span", { class: "muted first-line" }, firstLine(text)),
    ),
    h("pre", { attrs: { tabindex: 0 } }, signatures.join("\n")),
    text === "" ? null : markdown(text),
    deprecated === null ? null : markdown(`**Deprecated.** ${deprecated}`),
    policy.length === 0
      ? null
      : h(
          "p",
          { class: "tags" },
          policy.map((tag) => h("span", { class: "tag" }, tag)),
        ),
    examples.map((example) => markdown(example.includes("```") ? example : `\`\`\`ts\n${example}\n\`\`\``)),
    write,
  );
}

const firstLine = (text: string): string => text.split("\n")[0] ?? "";
