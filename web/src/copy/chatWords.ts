import { count, plural } from './format';

/** What the chat says of itself; what Jarvis says in it comes from the server. */
export const chatWords = {
  title: 'Jarvis', region: 'Talk to Jarvis', log: 'Conversation', untitled: 'New conversation',
  placeholder: 'Ask, or type / for commands', input: 'Message to Jarvis', send: 'Send', stop: 'Stop', stopTitle: 'Stop the answer (Esc)',
  you: 'You', jarvis: 'Jarvis', thinking: 'Jarvis is at it', live: 'writing',
  newOne: 'New', newTitle: 'Begin a new conversation', history: 'History', back: 'Back to the conversation',
  more: 'New messages', earlier: (n: number) => `Show earlier (${count(n)})`, notKept: (n: number) => `${plural(n, 'message')} before these ${n === 1 ? 'is' : 'are'} not shown here.`,
  spoken: (text: string) => `Jarvis: ${text}`, spokenTool: (title: string, state: string) => `${title}: ${state}`,

  answers: (title: string) => `${title} answers`,
  leaves: 'leaves the house', leavesTitle: (where: string) => `What you say, and what Jarvis looks up for it, goes to ${where}.`, stays: 'stays in the house',
  answeredBy: 'Answered by', tokens: (into: string, out: string) => `${into} in, ${out} out`, cached: (n: string) => `${n} from cache`, cost: (amount: string, currency: string) => `${amount} ${currency}`, free: 'free',

  offline: 'The line to Jarvis is down. What stands here may be old, and nothing can be sent.', notHeard: 'the line to Jarvis is down, or another conversation is shown.',
  unavailable: (why: string) => `Jarvis cannot be talked to at the moment: ${why}`,
  failed: (why: string) => `Not sent: ${why}`, notStopped: (why: string) => `Not stopped: ${why}`,
  busy: 'Jarvis is still answering. Esc stops it; what you wrote stays here.', waitsForYou: 'A card above waits for you.',

  empty: 'What would you like to know?',
  common: ['How is the cluster?', 'What happened in the last hour?', 'Which guests use the most memory?'],
  aboutProblem: (head: string, summary: string) => `What about this problem: “${head}” (${summary})`,
  aboutResource: (kind: string, name: string, ref: string) => `Tell me about the ${kind} “${name}” (${ref}): `,
  ask: 'Ask Jarvis', askShort: 'Ask', askOf: (name: string) => `Ask Jarvis about ${name}`,

  first: {
    lead: 'The built-in one answers, without a model: it knows common questions and commands. A file in the etc folder of Jarvis adds a model, without a restart:',
    claude: 'Claude', local: 'a local model',
    files: {
      claude: { file: 'etc/org.jarvis.llm.anthropic-claude.cfg', text: 'name = claude\nmodel = claude-sonnet-4-5\napi.key = $[secret:ANTHROPIC_API_KEY]' },
      local: { file: 'etc/org.jarvis.llm.openai-local.cfg', text: 'name = local\naddress = http://192.168.1.20:11434\nmodel = qwen3:8b\ncontext.tokens = 16384' },
    },
    how: (file: string) => `Put this into ${file}, with your own values:`,
  },

  tool: {
    arguments: 'Arguments', result: 'Result', took: 'Took', tier: 'Tier', begun: 'Begun', none: 'none', running: 'running', more: (n: number) => plural(n, 'more line'), fewer: 'Fewer lines',
    refused: 'Refused', waits: 'waits for you', elsewhere: 'It waits for a person; it is not known here yet.', look: 'Look again', readOnly: 'read-only', unfold: (title: string) => `${title}: details`,
  },

  code: { what: 'code', plain: 'text' }, picture: (alt: string) => (alt === '' ? 'picture, not loaded' : `picture, not loaded: ${alt}`),
  link: { leads: 'leads to', open: 'Opens in a new tab' },

  histories: {
    search: 'Search conversations', none: 'No conversation yet.', noMatch: 'No conversation says that.', failed: (why: string) => `The conversations did not come: ${why}`, retry: 'Retry',
    messages: (n: number) => plural(n, 'message'), state: { IDLE: '', RUNNING: 'answering', AWAITING_APPROVAL: 'waits for you' }, here: 'open',
    rename: 'Rename', renameOf: (title: string) => `Rename ${title}`, name: 'Title', save: 'Save', cancel: 'Not now',
    remove: 'Delete', removeOf: (title: string) => `Delete ${title}`, sure: (title: string) => `Delete “${title}” for good? What was done stays in the records.`, removeNow: 'Delete it', notDone: (why: string) => `Not done: ${why}`, first: (shown: number, all: number) => `The first ${count(shown)} of ${count(all)}.`,
  },

  commands: {
    label: 'Commands', lead: 'Commands begin with a slash; everything else is a question or an order, in your own words.',
    new: 'Begin a new conversation', history: 'Earlier conversations', stop: 'Stop the answer', clear: 'Clear what is shown in the centre', help: 'This list', status: 'Ask how things stand', problems: 'Ask what is wrong',
  },
  says: { status: 'How do things stand?', problems: 'Which problems are open, and what would mend them?' },
  unknown: (word: string) => `There is no command ${word}. /help lists them.`, nothingToStop: 'Nothing runs here.',
  keys: [
    ['Enter', 'send; it never approves anything'],
    ['Shift Enter', 'a new line'],
    ['↑', 'in the empty field: what you said last'],
    ['Esc', 'stop the answer'],
    ['C', 'to the chat, from anywhere'],
  ],
} as const;
