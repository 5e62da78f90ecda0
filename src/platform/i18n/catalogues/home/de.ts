export default {
  title: 'Anmeldedienst',
  lead: 'Unter dieser Adresse meldet man sich bei {clinic} an und erlaubt Apps den Zugriff auf die Akten.',
  arrive: 'Um sich bei einer App anzumelden, öffnen Sie die App. Sie führt Sie hierher, wenn es nötig ist.',
  choices: 'Auf diesem Server',
  account: 'Ihr Konto',
  accountHint: 'Sehen Sie, was Zugriff auf Ihre Akten hat und wie Sie sich anmelden.',
  swagger: 'API-Dokumentation',
  swaggerHint: 'Alle Adressen dieses Servers, für Entwickler. Sie können sie auf der Seite ausprobieren.',
  launch: 'Start-Simulator',
  launchHint: 'Starten Sie eine SMART-App wie aus einer Akte, und sehen Sie jede Anfrage und jedes Token.',
  discovery: 'Discovery-Dokument',
  discoveryHint: 'Was dieser Server unterstützt, für Programme (OpenID Connect Discovery).',
};
