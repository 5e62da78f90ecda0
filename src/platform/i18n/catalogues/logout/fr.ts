export default {
  title: 'Se déconnecter ?',
  asked: '{app} demande à vous déconnecter de {clinic}.',
  unasked: 'Vous allez vous déconnecter de {clinic}.',
  appEffect: 'Ensuite, {app} n’a plus d’accès jusqu’à votre prochaine connexion.',
  effect: 'Vous pourrez vous reconnecter à tout moment.',
  signOut: 'Se déconnecter',
  stay: 'Rester connecté',
};
