export default {
  title: 'Servicio de inicio de sesión',
  lead: 'En esta dirección las personas inician sesión en {clinic} y permiten que las aplicaciones accedan a sus registros con su consentimiento.',
  arrive: 'Para iniciar sesión en una aplicación, ábrala. Ella le traerá aquí cuando haga falta.',
  choices: 'En este servidor',
  account: 'Su cuenta',
  accountHint: 'Vea qué tiene acceso a sus registros y cómo inicia sesión.',
  swagger: 'Documentación de la API',
  swaggerHint: 'Todas las direcciones de este servidor, para desarrolladores. Puede probarlas en la página.',
  launch: 'Simulador de lanzamientos',
  launchHint: 'Inicie una aplicación SMART como desde una historia clínica y vea cada solicitud y cada token.',
  discovery: 'Documento de descubrimiento',
  discoveryHint: 'Lo que admite este servidor, para programas (OpenID Connect Discovery).',
};
