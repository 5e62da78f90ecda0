export default {
  documentTitle: '{title} · {clinic}',
  ribbon: 'Demodaten: nicht für echte Patienten',
  footer: 'Chartkey-Anmeldedienst für {clinic}',
  languages: 'Sprache',
};
