export default {
  title: 'Levando você de volta',
  lead: 'Você está voltando para {app}.',
  press: 'Se nada acontecer, pressione Continuar.',
};
