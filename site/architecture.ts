/**
 * Draws the parts of the house and who imports whom, from the table that a test holds the imports to. What imports nothing stands at the
 * bottom; each part is above all that it imports.
 */
import { parts } from "../test/architecture/table.ts";

const box = { width: 118, height: 34, gapX: 22, gapY: 56 };
const margin = 24;

export function architecturePicture(): string {
  const imports = folders();
  const level = levels(imports);
  const rows = Map.groupBy(imports.keys(), (name) => level.get(name) ?? 0);
  const top = Math.max(...rows.keys());
  const widest = Math.max(...[...rows.values()].map((names) => names.length));
  const width = margin * 2 + widest * (box.width + box.gapX) - box.gapX;
  const height = margin * 2 + (top + 1) * (box.height + box.gapY) - box.gapY;
  const place = new Map<string, { x: number; y: number }>();
  for (const [row, names] of rows) {
    const used = names.length * (box.width + box.gapX) - box.gapX;
    names.sort().forEach((name, index) =>
      place.set(name, {
        x: (width - used) / 2 + index * (box.width + box.gapX),
        y: margin + (top - row) * (box.height + box.gapY),
      }),
    );
  }
  const lines = [...imports].flatMap(([name, targets]) =>
    [...targets].map((target) => line(place.get(name)!, place.get(target)!)),
  );
  const boxes = [...place].map(
    ([name, { x, y }]) =>
      `<rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="8" fill="#fff" stroke="#4453d6"/><text x="${x + box.width / 2}" y="${y + 22}" text-anchor="middle">${name}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="13" fill="#171b26">
<rect width="${width}" height="${height}" rx="12" fill="#f4f5f8"/>
<g fill="none" stroke="#8b94a5" stroke-opacity="0.35">${lines.join("")}</g>
${boxes.join("\n")}
</svg>
`;
}

function line(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const x1 = from.x + box.width / 2;
  const y1 = from.y + box.height;
  const x2 = to.x + box.width / 2;
  const y2 = to.y;
  const bend = (y2 - y1) / 2;
  return `<path d="M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}"/>`;
}

const folderOf = (at: string): string => at.split("/")[0] ?? at;

/** Folders, each with those that it imports. Single files are of no interest from so far away. */
function folders(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { at, imports } of parts) {
    const name = folderOf(at);
    if (name.endsWith(".ts")) continue;
    const targets = found.get(name) ?? new Set();
    for (const target of imports.map(folderOf))
      if (target !== name && !target.endsWith(".ts")) targets.add(target);
    found.set(name, targets);
  }
  return found;
}

/** The longest way down. Two folders whose files import one another's are on one level. */
function levels(imports: ReadonlyMap<string, ReadonlySet<string>>): Map<string, number> {
  const known = new Map<string, number>();
  const of = (name: string, above: readonly string[]): number => {
    const cached = known.get(name);
    if (cached !== undefined) return cached;
    const below = [...(imports.get(name) ?? [])].filter((target) => !above.includes(target));
    const level =
      below.length === 0 ? 0 : 1 + Math.max(...below.map((target) => of(target, [...above, name])));
    if (above.length === 0) known.set(name, level);
    return level;
  };
  for (const name of imports.keys()) of(name, []);
  return known;
}
