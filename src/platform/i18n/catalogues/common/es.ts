export default {
  next: 'Qué puede hacer',
  reference: 'Referencia: {id}',
  person: 'Sesión iniciada como {person}',
  cancel: 'Cancelar',
  continue: 'Continuar',
  technical: 'Detalles técnicos',
};
