export default {
  next: 'O que você pode fazer',
  reference: 'Referência: {id}',
  person: 'Conectado como {person}',
  cancel: 'Cancelar',
  continue: 'Continuar',
  technical: 'Detalhes técnicos',
};
