import { count } from './format';

/** What the page says of jars that somebody dropped in. */
export const extensionWords = {
  waiting: 'Extension', version: 'version', file: 'File', bundle: 'Bundle', sha: 'SHA-256', signer: 'Signed by', unsigned: 'not signed',
  fingerprint: 'Certificate', signerNote: 'Anybody can make a certificate with any name: compare the fingerprint.',
  asks: 'It asks for', asksNothing: 'It does not say what it wants to use. That does not limit it.',
  asksMore: (n: number) => `${count(n)} more than fit here. Look into the jar before you consent.`,
  warning: 'Once it runs it has all of Jarvis’s authority: it can read every secret that Jarvis holds and change whatever Jarvis can. What it asks for is what it says, not what it is held to.',
  replaces: (version: string) => `Takes the place of version ${version}, which runs now.`, replacesSome: 'Takes the place of a version that runs now.',
  pin: 'Trust later versions by this signer: they run without being asked for.',
  hold: 'Hold to consent', reject: 'Reject', stop: 'Stop', stopSure: 'Stop it? It stays off until somebody consents again.', keep: 'Keep it running',
  refused: 'Jarvis cannot be asked now.',
  done: { running: 'It runs.', rejected: 'It does not run.', failed: 'It may run, but cannot.', 'awaiting-consent': 'It still waits.', unacceptable: 'It can never run.' },
  decided: { running: 'Consented', rejected: 'Rejected', failed: 'Consented, but it cannot run', 'awaiting-consent': 'Waits', unacceptable: 'Not acceptable' },
  state: { running: 'runs', rejected: 'rejected', failed: 'cannot run', 'awaiting-consent': 'waits for consent', unacceptable: 'can never run' },
  by: (who: string, when: string) => `by ${who}, ${when}`,
  empty: 'No extensions. Drop a jar into the deploy folder of Jarvis: it waits here for your consent before any of its code runs.',
  details: 'Details', again: 'Hold to let it run',
} as const;
