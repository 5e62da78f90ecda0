export default {
  signIn: '{app}, en {host}, le pide que inicie sesión.',
  newTab: '(se abre en una pestaña nueva)',
};
