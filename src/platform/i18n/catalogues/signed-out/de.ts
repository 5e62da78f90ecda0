export default {
  title: 'Sie sind abgemeldet',
  lead: 'Sie sind bei {clinic} abgemeldet. Vielen Dank.',
  advice: 'Schließen Sie an einem gemeinsam genutzten Computer auch dieses Fenster.',
  stayedTitle: 'Sie sind weiterhin angemeldet',
  stayedLead: 'Es hat sich nichts geändert. Sie sind weiterhin bei {clinic} angemeldet.',
  stayedAdvice: 'Sie können dieses Fenster schließen.',
  home: 'Zur Startseite',
};
