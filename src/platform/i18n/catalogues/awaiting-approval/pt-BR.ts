export default {
  title: 'Este aplicativo aguarda aprovação',
  app: '{app}, em {host}',
  lead: 'Um administrador de {clinic} precisa aprovar este aplicativo antes que alguém possa usá-lo.',
  account: 'Não há nada de errado com a sua conta, e nada foi compartilhado com o aplicativo.',
  ask: 'Peça a um administrador de {clinic} que aprove o aplicativo. Informe o identificador abaixo.',
  again: 'Quando estiver aprovado, abra o aplicativo de novo.',
  clientId: 'Identificador do aplicativo',
};
