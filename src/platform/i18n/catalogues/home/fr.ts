export default {
  title: 'Service de connexion',
  lead: 'À cette adresse, on se connecte pour {clinic} et on autorise des applications à accéder aux dossiers.',
  arrive: 'Pour vous connecter à une application, ouvrez-la. Elle vous amène ici quand il le faut.',
  choices: 'Sur ce serveur',
  account: 'Votre compte',
  accountHint: 'Voyez ce qui a accès à vos dossiers et comment vous vous connectez.',
  swagger: 'Documentation de l’API',
  swaggerHint: 'Toutes les adresses de ce serveur, pour les développeurs. Vous pouvez les essayer dans la page.',
  launch: 'Simulateur de lancement',
  launchHint: 'Lancez une application SMART comme depuis un dossier et voyez chaque requête et chaque jeton.',
  discovery: 'Document de découverte',
  discoveryHint: 'Ce que ce serveur prend en charge, pour les programmes (OpenID Connect Discovery).',
};
