export default {
  documentTitle: '{title} · {clinic}',
  ribbon: 'Données de démonstration : ne pas utiliser pour de vrais patients',
  footer: 'Service de connexion Chartkey pour {clinic}',
  languages: 'Langue',
};
