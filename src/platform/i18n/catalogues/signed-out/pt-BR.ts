export default {
  title: 'Você saiu',
  lead: 'Você saiu de {clinic}. Obrigado.',
  advice: 'Em um computador compartilhado, feche também esta janela.',
  stayedTitle: 'Você continua conectado',
  stayedLead: 'Nada mudou. Você continua conectado a {clinic}.',
  stayedAdvice: 'Você pode fechar esta janela.',
  home: 'Ir para a página inicial',
};
