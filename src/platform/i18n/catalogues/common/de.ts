export default {
  next: 'Was Sie tun können',
  reference: 'Kennnummer: {id}',
  person: 'Angemeldet als {person}',
  cancel: 'Abbrechen',
  continue: 'Weiter',
  technical: 'Technische Angaben',
};
