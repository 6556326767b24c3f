/** What a paste would do, before it is done. */
export interface Paste {
  text: string;
  lines: number;
  /** Each of its lines would run at once: the program does not know pasted text from typed text. */
  dangerous: boolean;
}

// eslint-disable-next-line no-control-regex -- these are the very characters to be left out
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** Control characters are left out: they could end the bracket around a paste, or press keys. */
export function pasteOf(clipboard: string, bracketed: boolean): Paste {
  const text = clipboard.replace(controls, '');
  const lines = text.split(/\r\n|\r|\n/).length;
  return { text, lines, dangerous: lines > 1 && !bracketed };
}
