/** Input of `typia generate`. */
import typia from "typia";
import type { Filter, SqlValue, Tree, User } from "../definition.ts";

export const sql = typia.createIs<[string, SqlValue[]]>();
export const user = typia.createIs<[User]>();
export const tree = typia.createIs<[Tree, Filter[]]>();
export const rich =
  typia.createIs<[Map<string, { zip: string }[]>, Set<number>, bigint, [string, number, boolean?]]>();
export const scalars = typia.createIs<[string, number]>();
