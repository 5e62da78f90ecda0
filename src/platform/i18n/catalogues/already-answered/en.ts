export default {
  title: 'This is already done',
  app: 'Your answer has gone to {app} at {host}.',
  lead: 'There is nothing left to do on this page. You can close it.',
  back: 'Go back to the app and carry on there.',
  again: 'If the app did not notice, start again from the app.',
} as const;
