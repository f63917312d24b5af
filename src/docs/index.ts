/** Documentation of a contract for the authors of scripts, as a page of Markdown or of HTML. */
export { formatHtmlPage } from "./html.ts";
export { formatMarkdownPage } from "./markdown.ts";
export { pageOf } from "./page.ts";
