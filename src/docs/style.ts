/** The look of the page: light and dark as the reader's system is, or as they choose; readable at any width; nothing that moves. */
export const style = `
:root { color-scheme: light dark; --back: #ffffff; --text: #1c1e21; --dim: #5b6068; --line: #d6d9de; --code: #f4f5f7; --link: #0b57c2; --mark: #fff1c2; --bad: #a3231b; --good: #1b6b35; }
@media (prefers-color-scheme: dark) { :root { --back: #16181b; --text: #e6e7ea; --dim: #a2a8b2; --line: #3a3f47; --code: #20242a; --link: #83b4ff; --mark: #4a3f14; --bad: #ff9d94; --good: #7fd69a; } }
:root[data-theme="light"] { color-scheme: light; --back: #ffffff; --text: #1c1e21; --dim: #5b6068; --line: #d6d9de; --code: #f4f5f7; --link: #0b57c2; --mark: #fff1c2; --bad: #a3231b; --good: #1b6b35; }
:root[data-theme="dark"] { color-scheme: dark; --back: #16181b; --text: #e6e7ea; --dim: #a2a8b2; --line: #3a3f47; --code: #20242a; --link: #83b4ff; --mark: #4a3f14; --bad: #ff9d94; --good: #7fd69a; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.55 system-ui, sans-serif; display: grid; grid-template-columns: 19rem minmax(0, 1fr); }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--back); padding: .5rem 1rem; }
.side { position: sticky; top: 0; height: 100vh; overflow: auto; border-right: 1px solid var(--line); padding: 1rem; }
.side ul { list-style: none; margin: .25rem 0 .75rem; padding: 0; }
.side li { overflow-wrap: anywhere; }
.side h2 { font-size: .8rem; margin: 1rem 0 0; color: var(--dim); }
.tools { display: flex; gap: .5rem; margin-bottom: .5rem; }
input, button { font: inherit; color: inherit; background: var(--code); border: 1px solid var(--line); border-radius: 6px; padding: .35rem .6rem; min-width: 0; }
input { flex: 1; width: 100%; }
main { padding: 1.5rem 2rem 6rem; max-width: 60rem; }
h1, h2, h3 { line-height: 1.25; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.3rem; margin-top: 2.5rem; } h3 { font-size: 1.05rem; margin: 0 0 .5rem; }
article { border-top: 1px solid var(--line); padding: 1.25rem 0; }
article:target { background: var(--mark); box-shadow: 0 0 0 .75rem var(--mark); }
pre { background: var(--code); border: 1px solid var(--line); border-radius: 6px; padding: .7rem .9rem; overflow: auto; }
code { font: .9em ui-monospace, monospace; }
dl { margin: .5rem 0; } dt { font-weight: 600; } dd { margin: 0 0 .4rem 1.25rem; } dd p { margin: 0; }
.dim, footer { color: var(--dim); } .breaking { color: var(--bad); } .compatible { color: var(--good); }
[hidden] { display: none !important; }
@media (max-width: 48rem) { body { display: block; } .side { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); } .side nav { max-height: 40vh; overflow: auto; } main { padding: 1rem; } }
@media print { .side { display: none; } body { display: block; } }
`;
