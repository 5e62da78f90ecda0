export default {
  title: 'Confirmez que c’est bien vous',
  failedTitle: 'Erreur : confirmez que c’est bien vous',
  lead: 'Votre mot de passe est correct, {person}. Une étape de plus protège votre compte.',
  stepUp: 'Vous êtes connecté(e), {person}. L’application demande une preuve de plus que c’est bien vous.',
  code: 'Code de votre application d’authentification',
  codeHint: 'Six chiffres ; les espaces ne comptent pas. Un code de secours convient aussi.',
  recoveryCode: 'Code de secours',
  recoveryHint: 'Si vous n’avez pas votre clé : l’un des codes que vous avez gardés. Chacun sert une fois.',
  codeFailed: 'Ce code n’a pas été accepté',
  codeFailedAdvice:
    'Chaque code sert une fois et peu de temps. Attendez le suivant, puis saisissez-le ici. Après plusieurs échecs, la connexion est suspendue un moment.',
  keyFailed: 'Cette clé n’a pas été acceptée',
  keyFailedAdvice: 'Réessayez avec une clé configurée pour ce compte. Si cela persiste, utilisez un autre moyen.',
  useKey: 'Utiliser une clé d’accès ou de sécurité',
  remember_one: 'Ne plus demander dans ce navigateur pendant {count} jour',
  remember_many: 'Ne plus demander dans ce navigateur pendant {count} jours',
  remember_other: 'Ne plus demander dans ce navigateur pendant {count} jours',
  help: 'Impossible d’entrer ? Un administrateur de {clinic} peut réinitialiser votre seconde étape.',
  signInWithPasskey: 'Se connecter avec une clé d’accès',
  passkeyRefused:
    'Elle appartient peut-être à un autre compte ou a été supprimée. Connectez-vous avec votre nom et votre mot de passe, ou essayez une autre clé d’accès.',
  backToSignIn: 'Retour à la connexion',
};
