/**
 * Script of the launch simulator: it is the app. Before the sign-in (`data-launch="begin"`) it reads the configuration and shows the authorization
 * request; after it (`"answer"`) it exchanges the code and uses the tokens, which live in this page alone. What stands between the two, `state`, `nonce` and
 * `code_verifier`, waits in the window's session storage. Every request is shown before it is sent, with its secrets cut short, and can be copied
 * whole as a command for curl.
 */
export const LAUNCH_SCRIPT = `(() => {
  const root = document.querySelector('[data-launch]');
  const KEPT = 'chartkey-launch';
  const SECRETS = ['code', 'code_verifier', 'token', 'access_token', 'refresh_token', 'id_token', 'launch'];

  const base64url = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
  const challengeOf = async (verifier) => base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)));
  const bytesOf = (part) => Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));

  const short = (name, value) => (SECRETS.includes(name) && String(value).length > 20 ? String(value).slice(0, 16) + '…' : value);
  /** Lists of words stand on one line. */
  const shown = (value) => indented(value).replaceAll(/\\[\\n([^[\\]{}]*)\\n *\\]/g, (_, items) => '[' + items.trim().replaceAll(/\\n */g, ' ') + ']');
  const indented = (value) =>
    JSON.stringify(
      value,
      (name, member) => {
        if (Array.isArray(member) && member.length > 12) return [...member.slice(0, 8), '… +' + (member.length - 8)];
        return typeof member === 'string' ? short(name, member) : member;
      },
      2,
    );

  /** A request: url, query or form, bearer. */
  const written = ({ url, query, form, bearer }) => {
    const { pathname, host } = new URL(url, location.href);
    const pairs = Object.entries(query ?? form ?? {}).map(([name, value]) => name + '=' + encodeURIComponent(short(name, value)).replaceAll('%E2%80%A6', '…'));
    return [
      (form ? 'POST ' : 'GET ') + pathname + pairs.map((pair, at) => (query ? '\\n' + (at === 0 ? '?' : '&') + pair : '')).join(''),
      'Host: ' + host,
      ...(bearer ? ['Authorization: Bearer ' + short('token', bearer)] : []),
      ...(form ? ['Content-Type: application/x-www-form-urlencoded', '', pairs.join('\\n&')] : []),
    ].join('\\n');
  };
  const quoted = (text) => "'" + text.replaceAll("'", "'\\\\''") + "'";
  const command = ({ url, query, form, bearer }) =>
    [
      'curl -sS ' + (query ? '-i -G ' : '') + quoted(url),
      ...(bearer ? ['-H ' + quoted('Authorization: Bearer ' + bearer)] : []),
      ...Object.entries(query ?? form ?? {}).map(([name, value]) => '--data-urlencode ' + quoted(name + '=' + value)),
    ].join(' \\\\\\n  ');
  const sent = async ({ url, form, bearer }) => {
    const headers = { accept: 'application/json', ...(bearer && { authorization: 'Bearer ' + bearer }) };
    const answer = await fetch(url, { method: form ? 'POST' : 'GET', headers, body: form && new URLSearchParams(form), credentials: 'omit' });
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get('content-type') ?? '');
    return { status: answer.status + ' ' + answer.statusText, ok: answer.ok, body: isJson ? JSON.parse(text) : text };
  };

  const step = (name) => {
    const section = root.querySelector('[data-step="' + name + '"]');
    const part = (which) => section.querySelector('[data-part="' + which + '"]');
    const write = (which, text) => {
      const box = part(which);
      box.querySelector('code').textContent = text;
      box.hidden = false;
    };
    const copyable = (request) => {
      const button = section.querySelector('[data-curl]');
      const label = button.textContent;
      button.hidden = false;
      button.onclick = async () => {
        try {
          await navigator.clipboard.writeText(command(request));
          button.textContent = button.dataset.copied;
          setTimeout(() => (button.textContent = label), 3000);
        } catch {
          write('request', command(request)); // to be copied by hand
        }
      };
    };
    return {
      reveal: () => (section.hidden = false),
      focus: () => section.querySelector('h2').focus(),
      mark: (which) => (part(which).hidden = false),
      write,
      /** Shows a request that is not sent yet. */
      show: (request) => {
        section.hidden = false;
        write('request', written(request));
        copyable(request);
      },
      /** Calls back once, when the person wants to go on. */
      onSend: (act) => {
        const button = section.querySelector('[data-send]');
        button.hidden = false;
        button.onclick = () => {
          button.hidden = true;
          act();
        };
      },
      /** Sends the request that is shown. @returns the body; null for a refusal, which is shown */
      send: async (request) => {
        try {
          const { status, ok, body } = await sent(request);
          write('answer', status + '\\n\\n' + (typeof body === 'string' ? body : shown(body)));
          return ok ? body : null;
        } catch {
          part('failed').hidden = false;
          return null;
        }
      },
    };
  };
  const ask = (name, request) => {
    step(name).show(request);
    return step(name).send(request);
  };

  const begin = async () => {
    const { pkce, ...wanted } = JSON.parse(root.dataset.request);
    const metadata = await ask('discovery', { url: root.dataset.metadata });
    if (!metadata?.authorization_endpoint) return;
    const [state, nonce, verifier] = [random(), random(), random()];
    const proof = pkce && { code_challenge: await challengeOf(verifier), code_challenge_method: 'S256' };
    const query = { response_type: 'code', ...wanted, state, nonce, ...proof };
    const request = { url: metadata.authorization_endpoint, query };
    const authorize = step('authorize');
    authorize.show(request);
    authorize.onSend(() => {
      sessionStorage.setItem(KEPT, JSON.stringify({ state, nonce, verifier: pkce ? verifier : undefined, request: written(request), wanted }));
      location.assign(request.url + '?' + new URLSearchParams(query));
    });
  };

  const decoded = (part) => JSON.parse(new TextDecoder().decode(bytesOf(part)));
  const isGenuine = async (token, { kid }, { jwks_uri }) => {
    const [head, payload, signature] = token.split('.');
    const { keys } = (await sent({ url: jwks_uri })).body;
    const key = keys.find((each) => each.kid === kid) ?? keys[0];
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    const imported = await crypto.subtle.importKey('jwk', { kty: key.kty, n: key.n, e: key.e }, algorithm, false, ['verify']);
    return crypto.subtle.verify(algorithm, imported, bytesOf(signature), new TextEncoder().encode(head + '.' + payload));
  };
  const decode = async (name, token, metadata, isExpected = () => true) => {
    const { reveal, write, mark } = step(name);
    const [header, claims] = token.split('.').slice(0, 2).map(decoded);
    reveal();
    write('header', shown(header));
    write('payload', shown(claims));
    const isGood = (await isGenuine(token, header, metadata).catch(() => false)) && isExpected(claims);
    mark(isGood ? 'verified' : 'unverified');
  };

  const use = async (tokens, metadata, { client_id, nonce }) => {
    const { access_token, refresh_token, id_token } = tokens;
    await decode('accessToken', access_token, metadata);
    const isExpected = (claims) => claims.nonce === nonce && [claims.aud].flat().includes(client_id) && claims.iss === metadata.issuer;
    if (id_token) await decode('idToken', id_token, metadata, isExpected);
    if (id_token) await ask('userinfo', { url: root.dataset.userinfo, bearer: access_token });
    const introspect = (token) => ask('introspection', { url: metadata.introspection_endpoint, form: { token, client_id } });
    await introspect(access_token);
    const endable = (token) => {
      const request = { url: metadata.revocation_endpoint, form: { token, client_id } };
      const revocation = step('revocation');
      revocation.show(request);
      revocation.onSend(async () => {
        await revocation.send(request);
        await introspect(token);
      });
    };
    endable(access_token);
    if (!refresh_token) return;
    const request = { url: metadata.token_endpoint, form: { grant_type: 'refresh_token', refresh_token, client_id } };
    const refresh = step('refresh');
    refresh.show(request);
    refresh.onSend(async () => {
      const next = await refresh.send(request);
      if (next === null) return;
      await decode('accessToken', next.access_token, metadata);
      await introspect(next.access_token);
      endable(next.access_token);
    });
  };

  const answer = async () => {
    const query = Object.fromEntries(new URLSearchParams(location.search));
    history.replaceState(null, '', location.pathname); // the code does not stay in the history
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');
    sessionStorage.removeItem(KEPT);
    const metadata = kept && kept.state === query.state ? (await sent({ url: root.dataset.metadata })).body : null;
    if (metadata === null || query.iss !== metadata.issuer) return void (root.querySelector('[data-lost]').hidden = false); // RFC 9207 §2.4
    const authorize = step('authorize');
    authorize.reveal();
    authorize.write('request', kept.request);
    authorize.write('answer', shown(query));
    if (!query.code) return;
    const { client_id, redirect_uri } = kept.wanted;
    const form = { grant_type: 'authorization_code', code: query.code, redirect_uri, client_id, ...(kept.verifier && { code_verifier: kept.verifier }) };
    const request = { url: metadata.token_endpoint, form };
    const token = step('token');
    token.show(request);
    token.onSend(async () => {
      const tokens = await token.send(request);
      token.focus();
      if (tokens !== null) await use(tokens, metadata, { client_id, nonce: kept.nonce });
    });
  };

  if (!root) return;
  const { launch, address } = root.dataset;
  // The answer comes to the address of the server: whoever is here by another name of it could not take it up.
  if (launch === 'choose' && new URL(address, location.href).origin !== location.origin) location.replace(address);
  if (launch === 'begin') begin();
  if (launch === 'answer') answer();
})();
`;
