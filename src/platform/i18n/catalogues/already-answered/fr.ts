export default {
  title: 'C’est déjà fait',
  app: 'Votre réponse a été transmise à {app}, sur {host}.',
  lead: 'Il n’y a plus rien à faire sur cette page. Vous pouvez la fermer.',
  back: 'Retournez à l’application et continuez-y.',
  again: 'Si l’application ne l’a pas remarqué, recommencez depuis l’application.',
};
