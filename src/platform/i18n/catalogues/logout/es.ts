export default {
  title: '¿Cerrar la sesión?',
  asked: '{app} pide cerrar su sesión en {clinic}.',
  unasked: 'Va a cerrar su sesión en {clinic}.',
  appEffect: 'Después, {app} no tendrá acceso hasta que vuelva a iniciar sesión en ella.',
  effect: 'Puede volver a iniciar sesión cuando quiera.',
  signOut: 'Cerrar sesión',
  stay: 'Mantener la sesión',
};
