export default {
  title: 'Empiece desde su aplicación',
  lead: 'Aquí se inicia sesión cuando una aplicación lo pide. Ahora mismo no le ha enviado ninguna.',
  open: 'Abra la aplicación que quiere usar y elija iniciar sesión con {clinic}.',
  bookmark: 'Si guarda un marcador, guarde el de la aplicación, no el de esta página.',
};
