export default {
  title: 'לצאת?',
  asked: '{app} מבקש לנתק אותך מ‑{clinic}.',
  unasked: 'עומדים לצאת מ‑{clinic}.',
  appEffect: 'אחרי כן אין ל‑{app} גישה עד לכניסה הבאה אליו.',
  effect: 'אפשר להיכנס שוב בכל עת.',
  signOut: 'יציאה',
  stay: 'להישאר',
};
