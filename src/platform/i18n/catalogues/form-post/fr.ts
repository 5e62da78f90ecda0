export default {
  title: 'Retour à l’application',
  lead: 'Vous retournez à {app}.',
  press: 'Si rien ne se passe, appuyez sur Continuer.',
};
