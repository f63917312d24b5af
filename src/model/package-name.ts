/**
 * Tells names of packages from others.
 */

/** Whether npm takes it as the name of a new package. */
export function isPackageName(name: string): boolean {
  return name.length <= 214 && /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/u.test(name);
}
