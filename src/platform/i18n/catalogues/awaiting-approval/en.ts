export default {
  title: 'This app is waiting for approval',
  app: '{app} at {host}',
  lead: 'An administrator of {clinic} must approve this app before anyone can use it.',
  account: 'Nothing is wrong with your account, and nothing was shared with the app.',
  ask: 'Ask an administrator of {clinic} to approve the app. Give them the app identifier below.',
  again: 'When it is approved, open the app again.',
  clientId: 'App identifier',
} as const;
