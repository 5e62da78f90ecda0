export default {
  title: 'Hilfe',
  idleTitle: 'Sind Sie noch da?',
  idleLead: 'Diese Seite läuft in {time} ab.',
  idleStay: 'Ich brauche mehr Zeit',
  idleOver: 'Diese Seite ist abgelaufen.',
  copy: 'Kopieren',
  copied: 'Kopiert',
};
