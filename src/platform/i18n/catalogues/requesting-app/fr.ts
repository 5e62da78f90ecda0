export default {
  signIn: '{app}, sur {host}, vous demande de vous connecter.',
  newTab: '(s’ouvre dans un nouvel onglet)',
};
