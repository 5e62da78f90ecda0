/* global document, FHIR, location */

/** The page is registered as redirect_uri, and as initiate_login_uri for starts from the chart. */
const HERE = location.origin + location.pathname;
const STANDALONE = 'openid fhirUser launch/patient patient/Patient.rs';
const FROM_CHART = 'openid fhirUser launch patient/Patient.rs';

const settings = await (await fetch('settings.json')).json();
const query = new URLSearchParams(location.search);
const element = (id) => document.getElementById(id);

/** Sends the browser to sign in; the address of that page, and PKCE, are the library's business. */
function start(scope) {
  const { clientId, fhirUrl } = settings;
  return FHIR.oauth2.authorize({ clientId, scope, redirectUri: HERE, iss: query.get('iss') ?? fhirUrl, pkceMode: 'required' });
}

/** Exchanges the code, and reads the patient with the token. */
async function show() {
  const client = await FHIR.oauth2.ready();
  const patient = await client.patient.read();
  const [{ given = [], family = '' } = {}] = patient.name ?? [];
  element('name').textContent = [...given, family].join(' ');
  element('born').textContent = patient.birthDate ?? 'unknown';
  element('user').textContent = client.getFhirUser() ?? 'unknown';
  element('status').textContent = client.getState('tokenResponse.need_patient_banner') === false ? '' : 'You see the record of:';
  element('card').hidden = false;
}

function offerStart(text) {
  element('status').textContent = text;
  element('start').hidden = false;
  element('start').addEventListener('click', () => void start(STANDALONE));
}

if (query.has('launch')) await start(FROM_CHART);
else if (query.has('error')) offerStart(`Not signed in: ${query.get('error_description') ?? query.get('error')}`);
else if (query.has('code')) await show().catch((error) => offerStart(`That did not work: ${error.message}`));
else offerStart('Whose record do you want to see?');
