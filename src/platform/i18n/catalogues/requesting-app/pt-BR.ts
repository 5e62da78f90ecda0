export default {
  signIn: '{app}, em {host}, pede que você entre.',
  newTab: '(abre em uma nova aba)',
};
