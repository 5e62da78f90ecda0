export default {
  title: 'Isto já foi feito',
  app: 'Sua resposta foi enviada para {app}, em {host}.',
  lead: 'Não há mais nada a fazer nesta página. Você pode fechá-la.',
  back: 'Volte ao aplicativo e continue lá.',
  again: 'Se o aplicativo não percebeu, comece de novo a partir dele.',
};
