/** What the page says of approvals besides. */
export const approvalWords = {
  inTalk: (n: number) => (n === 1 ? '1 waiting, in the talk below' : `${String(n)} waiting, in the talk below`),
  plan: 'Bound to plan',
} as const;
