export default {
  next: 'Ce que vous pouvez faire',
  reference: 'Référence : {id}',
  person: 'Connecté en tant que {person}',
  cancel: 'Annuler',
  continue: 'Continuer',
  technical: 'Détails techniques',
};
