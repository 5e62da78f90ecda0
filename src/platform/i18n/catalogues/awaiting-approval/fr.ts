export default {
  title: 'Cette application attend une approbation',
  app: '{app}, sur {host}',
  lead: 'Un administrateur de {clinic} doit approuver cette application avant que quiconque puisse l’utiliser.',
  account: 'Votre compte n’est pas en cause et rien n’a été transmis à l’application.',
  ask: 'Demandez à un administrateur de {clinic} d’approuver l’application. Donnez-lui l’identifiant ci-dessous.',
  again: 'Une fois l’application approuvée, ouvrez-la de nouveau.',
  clientId: 'Identifiant de l’application',
};
