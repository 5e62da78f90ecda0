export default {
  title: 'Commencez depuis votre application',
  lead: 'On se connecte ici quand une application le demande. Aucune application ne vous a envoyé ici à l’instant.',
  open: 'Ouvrez l’application que vous voulez utiliser et choisissez de vous connecter avec {clinic}.',
  bookmark: 'Si vous gardez un signet, gardez celui de l’application, pas celui de cette page.',
};
