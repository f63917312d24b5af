/** Names a script that comes from elsewhere, so that none of the same name is replaced: a.ts, a-2.ts, a-3.ts. */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  if (!isTaken(name)) return name;
  const [, stem = name, extension = ""] = /^(.*?)(\.\w+)?$/u.exec(name) ?? [];
  let count = 2;
  while (isTaken(`${stem}-${count}${extension}`)) count += 1;
  return `${stem}-${count}${extension}`;
}
