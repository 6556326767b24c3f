/** What keys put into a field. Whatever else changes it, a paste, a drop, an undo of either, or a script, is not typed. */
const byHand = new Set(['insertText', 'insertCompositionText', 'insertLineBreak', 'insertParagraph', 'insertReplacementText', 'deleteContentBackward', 'deleteContentForward', 'deleteWordBackward', 'deleteWordForward', 'deleteSoftLineBackward', 'deleteSoftLineForward', 'deleteHardLineBackward', 'deleteHardLineForward', 'deleteByCut', 'deleteContent', 'deleteByComposition', 'deleteCompositionText', 'insertFromComposition']);
/** More at once than a keyboard proposes. */
const MOST_AT_ONCE = 60;

/** Whether the draft holds anything now that was not typed by hand. */
export function isPasted(before: { text: string; pasted: boolean }, text: string, inputType: string | undefined): boolean {
  if (text === '') return false;
  return before.pasted || inputType === undefined || !byHand.has(inputType) || text.length - before.text.length > MOST_AT_ONCE;
}
