export default {
  title: 'Saisissez votre code',
  failedTitle: 'Erreur : saisissez votre code',
  lead: 'Votre mot de passe est correct, {person}. Une étape de plus protège votre compte.',
  code: 'Code de votre application d’authentification',
  codeHint: 'Six chiffres. Les espaces ne comptent pas.',
  failed: 'Ce code n’a pas été accepté',
  failedAdvice: 'Chaque code ne sert qu’une fois et peu de temps. Attendez le suivant, puis saisissez-le ici.',
  noneTitle: 'Vous ne pouvez pas utiliser votre clé de sécurité ici',
  noneLead:
    'Votre compte demande une deuxième étape à la connexion. La seule qu’il possède est une clé de sécurité d’un type ancien (U2F).',
  noneWhy: 'Cette page ne peut pas utiliser ces clés et ne laisse entrer personne sans la deuxième étape.',
  noneEnrol:
    'Connectez-vous au dossier médical lui-même. Sous « MFA Management », ajoutez une application d’authentification (TOTP). Revenez ensuite ici.',
  noneAsk: 'Si vous n’y parvenez pas, demandez à un administrateur de {clinic} de réinitialiser votre deuxième étape.',
  noneCancel: 'Retourner à l’application',
};
