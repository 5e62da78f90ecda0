export default {
  title: 'Das ist schon erledigt',
  app: 'Ihre Antwort ging an {app} auf {host}.',
  lead: 'Auf dieser Seite ist nichts mehr zu tun. Sie können sie schließen.',
  back: 'Kehren Sie zur App zurück und machen Sie dort weiter.',
  again: 'Wenn die App nichts bemerkt hat, beginnen Sie dort neu.',
};
