export default {
  documentTitle: '{title} · {clinic}',
  ribbon: 'Datos de demostración: no usar con pacientes reales',
  footer: 'Servicio de inicio de sesión Chartkey para {clinic}',
  languages: 'Idioma',
};
