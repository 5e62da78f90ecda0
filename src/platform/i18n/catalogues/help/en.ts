export default {
  title: 'Help',
  idleTitle: 'Are you still there?',
  idleLead: 'This page expires in {time}.',
  idleStay: 'I need more time',
  idleOver: 'This page has expired.',
  copy: 'Copy',
  copied: 'Copied',
} as const;
