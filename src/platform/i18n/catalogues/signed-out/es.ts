export default {
  title: 'Ha cerrado la sesión',
  lead: 'Ha cerrado su sesión en {clinic}. Gracias.',
  advice: 'Si el equipo es compartido, cierre también esta ventana.',
  stayedTitle: 'Su sesión sigue abierta',
  stayedLead: 'No ha cambiado nada. Su sesión en {clinic} sigue abierta.',
  stayedAdvice: 'Puede cerrar esta ventana.',
  home: 'Ir a la página de inicio',
};
