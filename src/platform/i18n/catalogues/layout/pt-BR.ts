export default {
  documentTitle: '{title} · {clinic}',
  ribbon: 'Dados de demonstração: não usar com pacientes reais',
  footer: 'Serviço de acesso Chartkey para {clinic}',
  languages: 'Idioma',
};
