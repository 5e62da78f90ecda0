export default {
  title: 'Sign out?',
  asked: '{app} asks to sign you out of {clinic}.',
  unasked: 'You are about to sign out of {clinic}.',
  appEffect: 'After that, {app} has no access until you sign in to it again.',
  effect: 'You can sign in again at any time.',
  signOut: 'Sign out',
  stay: 'Stay signed in',
} as const;
