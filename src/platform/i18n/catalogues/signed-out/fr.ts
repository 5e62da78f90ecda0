export default {
  title: 'Vous êtes déconnecté',
  lead: 'Vous êtes déconnecté de {clinic}. Merci.',
  advice: 'Sur un ordinateur partagé, fermez aussi cette fenêtre.',
  stayedTitle: 'Vous êtes toujours connecté',
  stayedLead: 'Rien n’a changé. Vous êtes toujours connecté à {clinic}.',
  stayedAdvice: 'Vous pouvez fermer cette fenêtre.',
  home: 'Aller à la page d’accueil',
};
