export default {
  title: 'Sie werden zurückgeleitet',
  lead: 'Sie werden zu {app} zurückgeleitet.',
  press: 'Wenn nichts geschieht, drücken Sie „Weiter“.',
};
