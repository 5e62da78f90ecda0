export default {
  title: 'Esta aplicación está pendiente de aprobación',
  app: '{app}, en {host}',
  lead: 'Un administrador de {clinic} debe aprobar esta aplicación antes de que alguien pueda usarla.',
  account: 'Su cuenta está bien y no se ha compartido nada con la aplicación.',
  ask: 'Pida a un administrador de {clinic} que apruebe la aplicación. Indíquele el identificador que aparece abajo.',
  again: 'Cuando esté aprobada, abra la aplicación de nuevo.',
  clientId: 'Identificador de la aplicación',
};
