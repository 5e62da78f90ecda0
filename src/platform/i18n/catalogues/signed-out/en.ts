export default {
  title: 'You are signed out',
  lead: 'You are signed out of {clinic}. Thank you.',
  advice: 'On a shared computer, close this window too.',
  stayedTitle: 'You are still signed in',
  stayedLead: 'Nothing has changed. You are still signed in to {clinic}.',
  stayedAdvice: 'You can close this window.',
  home: 'Go to the start page',
} as const;
