export default {
  title: 'Serviço de acesso',
  lead: 'Neste endereço as pessoas entram em {clinic} e permitem que aplicativos acessem os registros com o seu consentimento.',
  arrive: 'Para entrar em um aplicativo, abra o aplicativo. Ele traz você até aqui quando precisa.',
  choices: 'Neste servidor',
  account: 'Sua conta',
  accountHint: 'Veja o que tem acesso aos seus registros e como você entra.',
  swagger: 'Documentação da API',
  swaggerHint: 'Todos os endereços deste servidor, para desenvolvedores. Você pode testá-los na página.',
  launch: 'Simulador de inicialização',
  launchHint: 'Inicie um aplicativo SMART como a partir de um prontuário e veja cada requisição e cada token.',
  discovery: 'Documento de descoberta',
  discoveryHint: 'O que este servidor oferece, para programas (OpenID Connect Discovery).',
};
