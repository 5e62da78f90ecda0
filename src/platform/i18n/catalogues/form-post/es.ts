export default {
  title: 'Le llevamos de vuelta',
  lead: 'Vuelve usted a {app}.',
  press: 'Si no ocurre nada, pulse Continuar.',
};
