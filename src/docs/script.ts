/**
 * The behaviour of the page: a search that narrows the list and the page as one types, `/` to begin and Escape to end it, and a switch of the
 * theme that is kept where the browser allows. Without it the page is whole, only not searched.
 */
export const script = `
const search = document.querySelector("#search"), said = document.querySelector("#said"), theme = document.querySelector("#theme");
const entries = [...document.querySelectorAll("[data-entry]")], groups = [...document.querySelectorAll("[data-group]")];
const words = (text) => text.toLowerCase().split(/[^\\p{L}\\p{N}]+/u).filter(Boolean);
const find = () => {
  const wanted = words(search.value);
  let count = 0;
  for (const entry of entries) {
    const text = entry.dataset.entry;
    const isFound = wanted.every((word) => text.includes(word));
    entry.hidden = !isFound;
    if (isFound && entry.tagName === "ARTICLE") count += 1;
  }
  for (const group of groups) group.hidden = wanted.length > 0 && !group.querySelector("[data-entry]:not([hidden])");
  said.textContent = wanted.length === 0 ? "" : count + (count === 1 ? " entry" : " entries");
};
search.addEventListener("input", find);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== search && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); search.focus(); }
  if (event.key === "Escape" && document.activeElement === search) { search.value = ""; find(); search.blur(); }
});
const store = () => { try { return localStorage; } catch { return null; } };
const show = (name) => {
  if (name) document.documentElement.dataset.theme = name;
  const isDark = name ? name === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  theme.textContent = isDark ? "Light" : "Dark";
  theme.setAttribute("aria-label", "Use the " + (isDark ? "light" : "dark") + " theme");
  return isDark;
};
let isDark = show(store()?.getItem("isobind-theme"));
theme.hidden = false;
theme.addEventListener("click", () => { isDark = show(isDark ? "light" : "dark"); store()?.setItem("isobind-theme", isDark ? "dark" : "light"); });
document.querySelector("#tools").hidden = false;
`;
