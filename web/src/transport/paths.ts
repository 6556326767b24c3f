/** Addresses are relative to where the page lies, so that it works below a path of a reverse proxy. */
export function httpAddress(path: string, base: string = document.baseURI): string {
  return new URL(path, base).href;
}

export function socketAddress(path: string, after: number | undefined, base: string = document.baseURI): string {
  const url = new URL(path, base);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  if (after !== undefined) url.searchParams.set('after', String(after));
  return url.href;
}
