export default {
  title: 'Introduzca su código',
  failedTitle: 'Error: introduzca su código',
  lead: 'Su contraseña es correcta, {person}. Un paso más protege su cuenta.',
  code: 'Código de su aplicación de autenticación',
  codeHint: 'Seis cifras. Los espacios no importan.',
  failed: 'Ese código no se ha aceptado',
  failedAdvice: 'Cada código sirve una sola vez y por poco tiempo. Espere al siguiente e introdúzcalo aquí.',
  noneTitle: 'No puede usar su llave de seguridad aquí',
  noneLead: 'Su cuenta pide un segundo paso al iniciar sesión. El único que tiene es una llave de seguridad de un tipo antiguo (U2F).',
  noneWhy: 'Esta página no puede usar esas llaves y no deja entrar a nadie sin el segundo paso.',
  noneEnrol:
    'Inicie sesión en la propia historia clínica. En «MFA Management», añada una aplicación de autenticación (TOTP). Después vuelva aquí.',
  noneAsk: 'Si no puede entrar allí, pida a un administrador de {clinic} que restablezca su segundo paso.',
  noneCancel: 'Volver a la aplicación',
};
