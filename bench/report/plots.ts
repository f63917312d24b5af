/**
 * One SVG a table, drawn by Vega-Lite without a browser.
 */
import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import type { Growth, Table } from "../measure/cell.ts";

export const plotName = (table: Table): string =>
  `${table.title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")}.svg`;

export async function plot(table: Table): Promise<string> {
  return draw(table.growth === undefined ? figures(table) : lines(table, table.growth));
}

async function draw(spec: TopLevelSpec): Promise<string> {
  return await new vega.View(vega.parse(compile(spec).spec), { renderer: "none" }).toSVG();
}

/** Cost against work, both logarithmic: what is linear is a line of 45 degrees where both axes are as long. */
function lines(table: Table, { of, work }: Growth): TopLevelSpec {
  const { title, rows, unit } = table;
  const values = rows.flatMap((row, at) =>
    drawn(table).flatMap((column) => {
      const cell = row.cells[column];
      return cell?.kind === "measured" && cell.summary.median > 0
        ? [{ work: work[at], cost: cell.summary.median, column }]
        : [];
    }),
  );
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    background: "white",
    title,
    data: { values },
    width: 360,
    height: 260,
    mark: { type: "line", point: true },
    encoding: {
      x: { field: "work", type: "quantitative", title: of, scale: { type: "log" } },
      y: { field: "cost", type: "quantitative", title: unit, scale: { type: "log" } },
      color: { field: "column", type: "nominal", sort: null, title: null },
    },
  };
}

/** Memory beside times has another unit. */
function drawn({ columns }: Table): readonly string[] {
  return columns[0] === "time" ? ["time"] : columns;
}

/** The figures of each row beside one another. */
function figures(table: Table): TopLevelSpec {
  const column = table.columns[0];
  // A table of one figure a row is drawn by row; a table of peers by row and column.
  const byRow = table.columns.length === 1 || column === "time";
  const values = table.rows.flatMap((row) =>
    (byRow ? [column] : table.columns).flatMap((name) => {
      const cell = name === undefined ? undefined : row.cells[name];
      if (cell?.kind !== "measured") return [];
      const { median, min, max } = cell.summary;
      return [{ row: row.name, column: name, median: Math.max(median, 0.001), min, max }];
    }),
  );
  const spread =
    values.length > 0 && Math.max(...values.map((v) => v.median)) / Math.min(...values.map((v) => v.median));
  const x = {
    field: "median",
    type: "quantitative" as const,
    title: `${table.unit}${spread && spread > 30 ? ", logarithmic" : ""}`,
    scale: { type: spread && spread > 30 ? ("log" as const) : ("linear" as const) },
  };
  const y = { field: byRow ? "row" : "column", type: "nominal" as const, sort: null, title: null };
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    background: "white",
    title: `${table.title} (${table.better} is better)`,
    data: { values },
    width: 360,
    mark: { type: "point", filled: true, size: 60 },
    encoding: {
      x,
      y,
      color: { field: byRow ? "row" : "column", type: "nominal", legend: null },
      ...(byRow ? {} : { facet: { field: "row", type: "nominal", columns: 2, sort: null, title: null } }),
    },
  };
}
