/** Input of `typia generate`: as typia is usually called, and with excess properties refused. */
import typia from "typia";
import type { Filter, SqlValue, Tree, User } from "../definition.ts";

type Rich = [Map<string, { zip: string }[]>, Set<number>, bigint, [string, number, boolean?]];

export const is = {
  sql: typia.createIs<[string, SqlValue[]]>(),
  user: typia.createIs<[User]>(),
  tree: typia.createIs<[Tree, Filter[]]>(),
  rich: typia.createIs<Rich>(),
  scalars: typia.createIs<[string, number]>(),
};

export const equals = {
  sql: typia.createEquals<[string, SqlValue[]]>(),
  user: typia.createEquals<[User]>(),
  tree: typia.createEquals<[Tree, Filter[]]>(),
  rich: typia.createEquals<Rich>(),
  scalars: typia.createEquals<[string, number]>(),
};
