export default {
  title: 'Esto ya está hecho',
  app: 'Su respuesta se envió a {app}, en {host}.',
  lead: 'No queda nada por hacer en esta página. Puede cerrarla.',
  back: 'Vuelva a la aplicación y siga allí.',
  again: 'Si la aplicación no se ha enterado, empiece de nuevo desde ella.',
};
