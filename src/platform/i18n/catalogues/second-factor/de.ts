export default {
  title: 'Code eingeben',
  failedTitle: 'Fehler: Code eingeben',
  lead: 'Ihr Passwort war richtig, {person}. Ein weiterer Schritt schützt Ihr Konto.',
  code: 'Code aus Ihrer Authenticator-App',
  codeHint: 'Sechs Ziffern. Leerzeichen spielen keine Rolle.',
  failed: 'Dieser Code wurde nicht angenommen',
  failedAdvice: 'Jeder Code gilt einmal und nur kurze Zeit. Warten Sie auf den nächsten und geben Sie ihn hier ein.',
  noneTitle: 'Sie können Ihren Sicherheitsschlüssel hier nicht verwenden',
  noneLead:
    'Ihr Konto verlangt bei der Anmeldung einen zweiten Schritt. Der einzige, den es hat, ist ein Sicherheitsschlüssel älterer Art (U2F).',
  noneWhy: 'Diese Seite kann solche Schlüssel nicht verwenden und lässt ohne den zweiten Schritt niemanden ein.',
  noneEnrol:
    'Melden Sie sich in der Patientenakte selbst an. Fügen Sie unter „MFA Management“ eine Authenticator-App (TOTP) hinzu. Kommen Sie dann zurück.',
  noneAsk: 'Wenn Sie dort nicht hineinkommen, bitten Sie die Verwaltung von {clinic}, Ihren zweiten Schritt zurückzusetzen.',
  noneCancel: 'Zurück zur App',
};
