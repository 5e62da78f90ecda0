export default {
  signIn: '{app} at {host} asks you to sign in.',
  newTab: '(opens in a new tab)',
} as const;
