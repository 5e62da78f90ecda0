export default {
  title: 'Bestätigen Sie, dass Sie es sind',
  failedTitle: 'Fehler: Bestätigen Sie, dass Sie es sind',
  lead: 'Ihr Passwort stimmt, {person}. Ein weiterer Schritt schützt Ihr Konto.',
  stepUp: 'Sie sind angemeldet, {person}. Die App verlangt einen weiteren Nachweis, dass Sie es sind.',
  code: 'Code aus Ihrer Authenticator-App',
  codeHint: 'Sechs Ziffern; Leerzeichen spielen keine Rolle. Ein Wiederherstellungscode geht hier auch.',
  recoveryCode: 'Wiederherstellungscode',
  recoveryHint: 'Wenn Sie Ihren Schlüssel nicht zur Hand haben: einer der Codes, die Sie aufbewahrt haben. Jeder gilt einmal.',
  codeFailed: 'Dieser Code wurde nicht angenommen',
  codeFailedAdvice:
    'Jeder Code gilt einmal und nur kurze Zeit. Warten Sie auf den nächsten und geben Sie ihn hier ein. Nach mehreren Fehlversuchen pausiert die Anmeldung eine Weile.',
  keyFailed: 'Dieser Schlüssel wurde nicht angenommen',
  keyFailedAdvice:
    'Versuchen Sie es erneut mit einem Schlüssel, den Sie für dieses Konto eingerichtet haben. Hilft das nicht, nehmen Sie einen anderen Weg.',
  useKey: 'Passkey oder Sicherheitsschlüssel verwenden',
  remember_one: 'In diesem Browser {count} Tag lang nicht fragen',
  remember_other: 'In diesem Browser {count} Tage lang nicht fragen',
  help: 'Kein Weg hinein? Ein Administrator von {clinic} kann Ihren zweiten Schritt zurücksetzen.',
  signInWithPasskey: 'Mit einem Passkey anmelden',
  passkeyRefused:
    'Er gehört vielleicht zu einem anderen Konto oder wurde entfernt. Melden Sie sich mit Name und Passwort an, oder versuchen Sie einen anderen Passkey.',
  backToSignIn: 'Zurück zur Anmeldung',
};
