export default {
  title: 'Ayuda',
  idleTitle: '¿Sigue ahí?',
  idleLead: 'Esta página caduca en {time}.',
  idleStay: 'Necesito más tiempo',
  idleOver: 'Esta página ha caducado.',
  copy: 'Copiar',
  copied: 'Copiado',
};
