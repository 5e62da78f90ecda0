export default {
  title: 'Taking you back',
  lead: 'You are being sent back to {app}.',
  press: 'If nothing happens, press Continue.',
} as const;
