/** The number of a guest that somebody typed; not defined for what is none. */
export function guestNumber(text: string): number | undefined {
  const typed = text.trim();
  return /^[1-9][0-9]{2,8}$/.test(typed) ? Number(typed) : undefined;
}
