export default {
  title: 'Ajuda',
  idleTitle: 'Você ainda está aí?',
  idleLead: 'Esta página expira em {time}.',
  idleStay: 'Preciso de mais tempo',
  idleOver: 'Esta página expirou.',
  copy: 'Copiar',
  copied: 'Copiado',
};
