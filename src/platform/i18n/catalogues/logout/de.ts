export default {
  title: 'Abmelden?',
  asked: '{app} möchte Sie bei {clinic} abmelden.',
  unasked: 'Sie sind dabei, sich bei {clinic} abzumelden.',
  appEffect: 'Danach hat {app} keinen Zugriff, bis Sie sich dort wieder anmelden.',
  effect: 'Sie können sich jederzeit wieder anmelden.',
  signOut: 'Abmelden',
  stay: 'Angemeldet bleiben',
};
