/** What the page says of approvals besides. */
export const approvalWords = {
  plan: 'Bound to plan',
} as const;
