export default {
  title: 'Start from your app',
  lead: 'You sign in here when an app asks you to. No app has sent you just now.',
  open: 'Open the app that you want to use, and choose to sign in with {clinic}.',
  bookmark: 'If you keep a bookmark, keep one of the app, not of this page.',
} as const;
