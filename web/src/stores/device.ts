/**
 * What this device remembers of how its person likes the page. A browser may refuse to keep anything; then every visit
 * starts as the first one did.
 */
const PREFIX = 'jarvis.';

export function recalled(name: string): string | undefined {
  try {
    return localStorage.getItem(PREFIX + name) ?? undefined;
  } catch {
    return undefined;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // It holds until the page is left.
  }
}

/** One of a closed set; whatever else was kept there counts as nothing. */
export function recalledOneOf<T extends string>(name: string, choices: readonly T[], otherwise: T): T {
  const value = recalled(name);
  return choices.find((choice) => choice === value) ?? otherwise;
}
