/** Draws what a terminal shows, colours and all, as a picture that is text: it is sharp at any size, and a change of it is a readable diff. */

const columnWidth = 8.4;
const lineHeight = 20;
const margin = 20;
const barHeight = 34;

const colours: Readonly<Record<string, string>> = {
  31: "#ff8f87",
  32: "#7cd6a0",
  33: "#efc067",
  34: "#98a7ff",
  36: "#7fcbe0",
  90: "#8b94a5",
};

/**
 * `\x1b[32mwritten\x1b[39m` → a green `written`.
 *
 * @param columns - Of the terminal; longer lines are cut.
 */
export function terminalSvg(text: string, columns: number): string {
  const lines = text.trimEnd().split("\n");
  const width = Math.ceil(columns * columnWidth + margin * 2);
  const height = lines.length * lineHeight + barHeight + margin;
  const rows = lines.map((line, index) => {
    const y = barHeight + (index + 1) * lineHeight - 5;
    return `<text x="${margin}" y="${y}" xml:space="preserve">${spans(line, columns)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="#e7eaf1">
<rect width="${width}" height="${height}" rx="10" fill="#12151c"/>
<circle cx="20" cy="17" r="5" fill="#38404f"/><circle cx="38" cy="17" r="5" fill="#38404f"/><circle cx="56" cy="17" r="5" fill="#38404f"/>
${rows.join("\n")}
</svg>
`;
}

function spans(line: string, columns: number): string {
  let left = columns;
  let colour: string | undefined;
  let isBold = false;
  let isDim = false;
  return line
    .split(/(\u001b\[\d+m)/u)
    .map((part) => {
      const code = /^\u001b\[(\d+)m$/u.exec(part)?.[1];
      if (code === undefined) {
        const shown = escaped(part.slice(0, left));
        left = Math.max(0, left - part.length);
        if (shown === "") return "";
        const attributes = [
          colour === undefined ? "" : ` fill="${colour}"`,
          isBold ? ` font-weight="600"` : "",
          isDim ? ` opacity="0.65"` : "",
        ].join("");
        return attributes === "" ? shown : `<tspan${attributes}>${shown}</tspan>`;
      }
      if (code === "1") isBold = true;
      else if (code === "2") isDim = true;
      else if (code === "22") isBold = isDim = false;
      else colour = colours[code];
      return "";
    })
    .join("");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
