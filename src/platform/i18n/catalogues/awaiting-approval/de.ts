export default {
  title: 'Diese App wartet auf Freigabe',
  app: '{app} auf {host}',
  lead: 'Die Verwaltung von {clinic} muss diese App freigeben, bevor jemand sie nutzen kann.',
  account: 'Mit Ihrem Konto ist alles in Ordnung, und der App wurde nichts mitgeteilt.',
  ask: 'Bitten Sie die Verwaltung von {clinic} um Freigabe. Nennen Sie die App-Kennung unten.',
  again: 'Öffnen Sie die App erneut, sobald sie freigegeben ist.',
  clientId: 'App-Kennung',
};
