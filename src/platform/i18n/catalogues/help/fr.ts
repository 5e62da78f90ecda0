export default {
  title: 'Aide',
  idleTitle: 'Êtes-vous toujours là ?',
  idleLead: 'Cette page expire dans {time}.',
  idleStay: 'J’ai besoin de plus de temps',
  idleOver: 'Cette page a expiré.',
  copy: 'Copier',
  copied: 'Copié',
};
