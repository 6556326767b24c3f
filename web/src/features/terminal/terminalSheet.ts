/**
 * Stands where xterm.js would put a style element, which the page's policy refuses: what is written into it
 * becomes a sheet of the page for as long as it is there. The build makes xterm.js create it (`vite.config.ts`).
 */
export class TerminalSheet extends HTMLElement {
  private readonly sheet = new CSSStyleSheet();

  override get textContent(): string {
    return '';
  }

  override set textContent(css: string) {
    this.sheet.replaceSync(css);
  }

  connectedCallback(): void {
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.sheet];
  }

  disconnectedCallback(): void {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== this.sheet);
  }
}

export function defineTerminalSheet(): void {
  if (!customElements.get('terminal-sheet')) customElements.define('terminal-sheet', TerminalSheet);
}
