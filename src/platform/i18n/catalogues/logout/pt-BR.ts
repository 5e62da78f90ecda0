export default {
  title: 'Sair?',
  asked: '{app} pede para encerrar a sua sessão em {clinic}.',
  unasked: 'Você está prestes a sair de {clinic}.',
  appEffect: 'Depois disso, {app} não tem acesso até que você entre de novo.',
  effect: 'Você pode entrar de novo quando quiser.',
  signOut: 'Sair',
  stay: 'Continuar conectado',
};
